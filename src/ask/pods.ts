/** The questions about pods, with the types of their answers. */
export { admit, admitExplain } from './pods/admit.ts';
export type {
  AdmissionAssumption,
  AdmitValue,
  AdmittedClusterValue,
  ContainerValue,
  ExplainedAdmissionValue,
  GateValue,
  KubeletValue,
  PodAdmissionValue,
  QuotaValue,
} from './pods/admit.ts';
export type { AdmissionOutcome } from './pods/admit-outcome.ts';
export type { ClusterValue, PspClusterValue } from './pods/cluster-value.ts';
export type { FieldChange } from './pods/json-diff.ts';
export type { CreatorValue, PodValue } from './pods/pod-value.ts';
export type { PodsRequest } from './pods/pods-named.ts';
export { psa } from './pods/psa.ts';
export type { PsaPodValue, PsaValue } from './pods/psa.ts';
export { pspAccounts } from './pods/psp-accounts.ts';
export type { AccountUseValue, CreatorUseValue, PspAccountsValue } from './pods/psp-accounts.ts';
export { pspMigrate } from './pods/psp-migrate.ts';
export type {
  KeptPodValue,
  LevelValue,
  MigrationValue,
  NamespaceMigrationValue,
  PolicyMigrationValue,
  PspMigrateValue,
  ViolationValue,
} from './pods/psp-migrate.ts';
export { pspExplain, pspMatrix } from './pods/psp-trials.ts';
export type {
  ExplainedPspPodValue,
  ExplainedTrialValue,
  PspMatrixValue,
  PspPodValue,
  PspTrialValue,
} from './pods/psp-trials.ts';
