import { JsonDecoder } from './decode-json.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { problemAt } from './validate/field-problem.ts';
import type { FieldProblem } from './validate/field-problem.ts';
import { refusal, undecodable } from './reading.ts';
import type { Reading } from './reading.ts';
import { metadataProblem } from './validate/validate-calico-metadata.ts';

/** What a Tier says about itself. */
export interface TierSettings {
  readonly name: string;
  readonly order: number;
  readonly defaultAction: 'Deny' | 'Pass';
}

/** The order of the tier `default`, and of any tier that gives none. */
const defaultTierOrder = 1_000_000;

/** The tiers that exist in every cluster; their orders and actions are fixed. */
export const builtInTiers: readonly TierSettings[] = [
  { name: 'kube-admin', order: 1000, defaultAction: 'Pass' },
  { name: 'default', order: defaultTierOrder, defaultAction: 'Deny' },
  { name: 'kube-baseline', order: 10_000_000, defaultAction: 'Pass' },
];

/** Reads a Tier. Mirrors DefaultTierFields, validateTier and the schema's rules, v3.32. */
export function readTier(object: KubernetesObject): Reading<TierSettings> {
  const decoder = new JsonDecoder();
  const order = decoder.number(object.spec, 'order') ?? defaultTierOrder;
  const action = decoder.text(object.spec, 'defaultAction') ?? 'Deny';
  if (decoder.problem !== undefined) return undecodable(decoder.problem);
  const problem = metadataProblem(object, 'label') ?? settingsProblem(object.name, order, action);
  if (problem !== undefined) return refusal('calico', problem);
  return { value: { name: object.name, order, defaultAction: action === 'Pass' ? 'Pass' : 'Deny' }, problems: [] };
}

function settingsProblem(name: string, order: number, action: string): FieldProblem | undefined {
  if (action !== 'Deny' && action !== 'Pass') {
    return problemAt(['spec', 'defaultAction'], 'must be Deny or Pass');
  }
  const fixed = builtInTiers.find((tier) => tier.name === name);
  if (fixed === undefined) return undefined;
  if (order !== fixed.order) {
    return problemAt(['spec', 'order'], `${name} tier order must be ${fixed.order}`);
  }
  return action === fixed.defaultAction
    ? undefined
    : problemAt(['spec', 'defaultAction'], `The '${name}' tier must have default action '${fixed.defaultAction}'`);
}
