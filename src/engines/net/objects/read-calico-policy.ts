import { type NetworkPolicyKind, storedCalicoGroup } from '../../../model/kinds/network-policy.ts';
import { decodeCalicoPolicySpec } from './calico-resource.ts';
import type { CalicoPolicySpec } from './calico-resource.ts';
import { globalPolicySelector, namespacedPolicySelector } from './calico-selectors.ts';
import { compilePolicy } from './compile-policy.ts';
import type { ConvertedRule } from './convert-kubernetes-policy.ts';
import { JsonDecoder } from './decode-json.ts';
import { objectName } from './kubernetes-object.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { Direction, Policy } from '../form/normal-form.ts';
import { problemAt } from './validate/field-problem.ts';
import { refusal, undecodable } from './reading.ts';
import type { Reading } from './reading.ts';
import type { SelectorPool } from '../form/selector-pool.ts';
import { calicoPolicyProblem } from './validate/validate-calico-policy.ts';
import { storedPolicyProblem } from './validate/validate-stored-policy.ts';

/**
 * Reads a Calico policy with libcalico's defaults and validation. A policy of a tier that does not exist is refused. Mirrors
 * libcalico-go/lib/clientv3, v3.32.
 */
export function readCalicoPolicy(
  object: KubernetesObject,
  kind: NetworkPolicyKind,
  tiers: ReadonlySet<string>,
  pool: SelectorPool,
): Reading<Policy> {
  const decoder = new JsonDecoder();
  const decoded = decodeCalicoPolicySpec(decoder, object.spec);
  if (decoder.problem !== undefined) return undecodable(decoder.problem);
  const tier = decoded.tier === '' ? 'default' : decoded.tier;
  const isStored = object.group === storedCalicoGroup;
  if (!isStored && !tiers.has(tier)) {
    return refusal('calico', problemAt(['spec', 'tier'], `resource does not exist: Tier(${tier})`));
  }
  const spec = isStored ? decoded : withDefaults(decoded);
  const isGlobal = kind === 'GlobalNetworkPolicy' || kind === 'StagedGlobalNetworkPolicy';
  const problem = isStored ? storedPolicyProblem(spec) : calicoPolicyProblem(object, kind, spec);
  if (problem !== undefined) return refusal(isStored ? 'felix' : 'calico', problem);
  if (spec.stagedAction === 'Delete') return { problems: [] };
  return compilePolicy(
    {
      kind,
      object: objectName(object),
      namespace: isGlobal ? '' : object.namespace,
      tier,
      order: spec.order ?? Infinity,
      selector: isGlobal ? globalPolicySelector(spec) : namespacedPolicySelector(spec, object.namespace),
      governs: governs(spec.types),
      stage: isGlobal && spec.doNotTrack ? 'untracked' : isGlobal && spec.preDNAT ? 'preDNAT' : 'normal',
      applyOnForward: isGlobal && spec.applyOnForward,
      staged: kind === 'StagedNetworkPolicy' || kind === 'StagedGlobalNetworkPolicy',
      rules: { ingress: located(spec, 'ingress'), egress: located(spec, 'egress') },
    },
    pool,
  );
}

/** Absent `types` follow from which rules there are. Mirrors api/pkg/defaults defaultPolicyTypesField, v3.32. */
function withDefaults(spec: CalicoPolicySpec): CalicoPolicySpec {
  if (spec.types.length > 0 || spec.stagedAction === 'Delete') {
    return spec.stagedAction === 'Delete' ? { ...spec, types: [] } : spec;
  }
  if (spec.egress.length === 0) return { ...spec, types: ['Ingress'] };
  return { ...spec, types: spec.ingress.length === 0 ? ['Egress'] : ['Ingress', 'Egress'] };
}

/** No types at all, which only the stored group can have, are both. Mirrors felix/calc ExtractPolicyMetadata, v3.32. */
function governs(types: readonly string[]): Readonly<Record<Direction, boolean>> {
  if (types.length === 0) return { ingress: true, egress: true };
  return { ingress: types.includes('Ingress'), egress: types.includes('Egress') };
}

function located(spec: CalicoPolicySpec, direction: Direction): readonly ConvertedRule[] {
  return spec[direction].map((rule, index) => ({ rule, path: ['spec', direction, index] }));
}
