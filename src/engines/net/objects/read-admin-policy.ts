import { decodeAdminPolicySpec } from './admin-resource.ts';
import { globalPolicySelector } from './calico-selectors.ts';
import { compilePolicy, noCalicoSpec } from './compile-policy.ts';
import { convertAdminRules, subjectSelectors } from './convert-admin-policy.ts';
import { JsonDecoder } from './decode-json.ts';
import { objectName } from './kubernetes-object.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { Policy, PolicyKind } from '../form/normal-form.ts';
import type { TierSettings } from './read-tier.ts';
import { undecodable } from './reading.ts';
import type { Reading } from './reading.ts';
import type { SelectorPool } from '../form/selector-pool.ts';

/** The tiers that Calico 3.31 had for the kinds that it still converted. */
export const v31Tiers: readonly TierSettings[] = [
  { name: 'adminnetworkpolicy', order: 1000, defaultAction: 'Pass' },
  { name: 'baselineadminnetworkpolicy', order: 10_000_000, defaultAction: 'Pass' },
];

interface AdminKind {
  readonly kind: PolicyKind;
  readonly namePrefix: string;
  readonly tier: (written: string) => string | undefined;
  readonly order: (priority: number) => number;
  readonly actions: Readonly<Record<string, string>>;
  readonly failClosed: readonly string[];
}

const clusterTiers: Readonly<Record<string, string>> = { Admin: 'kube-admin', Baseline: 'kube-baseline' };

const adminKinds: Readonly<Record<string, AdminKind>> = {
  ClusterNetworkPolicy: {
    kind: 'KubernetesClusterNetworkPolicy',
    namePrefix: '',
    tier: (written) => clusterTiers[written],
    order: (priority) => priority,
    actions: { Accept: 'Allow', Deny: 'Deny', Pass: 'Pass' },
    failClosed: ['Deny', 'Pass'],
  },
  AdminNetworkPolicy: {
    kind: 'GlobalNetworkPolicy',
    namePrefix: 'kanp.adminnetworkpolicy.',
    tier: () => 'adminnetworkpolicy',
    order: (priority) => priority,
    actions: { Allow: 'Allow', Deny: 'Deny', Pass: 'Pass' },
    failClosed: ['Deny', 'Pass'],
  },
  BaselineAdminNetworkPolicy: {
    kind: 'GlobalNetworkPolicy',
    namePrefix: 'kbanp.baselineadminnetworkpolicy.',
    tier: () => 'baselineadminnetworkpolicy',
    order: () => 1000,
    actions: { Allow: 'Allow', Deny: 'Deny' },
    failClosed: ['Deny'],
  },
};

/**
 * Reads one of the cluster-wide kinds of the network policy API. One without a subject, or of a tier that does not exist, has no
 * effect. Mirrors libcalico-go/lib/backend/k8s/conversion, v3.32 for ClusterNetworkPolicy, v3.31 for the two older kinds.
 */
export function readAdminPolicy(object: KubernetesObject, pool: SelectorPool): Reading<Policy> {
  const kind = adminKinds[object.kind];
  if (kind === undefined) return { problems: [] };
  const decoder = new JsonDecoder();
  const spec = decodeAdminPolicySpec(decoder, object.kind, object.spec);
  if (decoder.problem !== undefined) return undecodable(decoder.problem);
  const tier = kind.tier(spec.tier);
  const subject = subjectSelectors(spec.subject);
  if (tier === undefined || subject === undefined) return { problems: [] };
  const ingress = convertAdminRules(spec, 'ingress', kind.actions, kind.failClosed);
  const egress = convertAdminRules(spec, 'egress', kind.actions, kind.failClosed);
  // No rules at all leave the types empty, and felix takes that for both directions.
  const isEmpty = ingress.rules.length === 0 && egress.rules.length === 0;
  const compiled = compilePolicy(
    {
      kind: kind.kind,
      object: objectName(object),
      name: kind.namePrefix + object.name,
      namespace: '',
      tier,
      order: kind.order(spec.priority),
      selector: globalPolicySelector({ ...noCalicoSpec, ...subject }),
      governs: { ingress: isEmpty || ingress.rules.length > 0, egress: isEmpty || egress.rules.length > 0 },
      rules: { ingress: ingress.rules, egress: egress.rules },
    },
    pool,
  );
  const [problem] = [...ingress.problems, ...egress.problems];
  return problem === undefined
    ? compiled
    : { ...compiled, problems: [{ by: 'conversion', ...problem }, ...compiled.problems] };
}
