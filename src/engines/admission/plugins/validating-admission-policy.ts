import type { AdmissionPlugin } from '../request/plugin.ts';
import { hasPolicies } from '../request/has-policies.ts';
import { policyDoor } from '../validating/policy-door.ts';

const NAME = 'ValidatingAdmissionPolicy';

/** The plugin ValidatingAdmissionPolicy as a link of the chain; what decides is behind `policyDoor`. Mirrors plugin/policy/validating of apiserver, v1.37. */
export const validatingAdmissionPolicy: AdmissionPlugin = {
  name: NAME,
  operations: ['CREATE', 'UPDATE'],
  validate: (cluster, attributes) => (hasPolicies(cluster, NAME) ? policyDoor.judge(cluster, attributes) : {}),
};
