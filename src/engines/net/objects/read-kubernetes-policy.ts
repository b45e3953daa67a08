import { namespacedPolicySelector } from './calico-selectors.ts';
import { convertKubernetesRules, kubernetesPolicyTypes } from './convert-kubernetes-policy.ts';
import { JsonDecoder } from './decode-json.ts';
import { objectName } from './kubernetes-object.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { decodeKubernetesPolicySpec } from './kubernetes-resource.ts';
import type { KubernetesPolicySpec, KubernetesPort } from './kubernetes-resource.ts';
import { podSelectorText } from './kubernetes-selector.ts';
import type { Direction, Policy } from '../form/normal-form.ts';
import { compilePolicy, noCalicoSpec } from './compile-policy.ts';
import type { PolicyDraft } from './compile-policy.ts';
import { firstOf, problemAt, within } from './validate/field-problem.ts';
import type { FieldProblem } from './validate/field-problem.ts';
import { refusal, undecodable } from './reading.ts';
import type { Reading } from './reading.ts';
import type { SelectorPool } from '../form/selector-pool.ts';
import { metadataProblem } from './validate/validate-calico-metadata.ts';
import { kubernetesPolicyProblem } from './validate/validate-kubernetes-policy.ts';

/** The order of every Kubernetes NetworkPolicy among the Calico policies of the tier `default`. */
const kubernetesPolicyOrder = 1000;

/** Reads a Kubernetes NetworkPolicy, with the API server's defaults and validation. */
export function readKubernetesPolicy(object: KubernetesObject, pool: SelectorPool): Reading<Policy> {
  const decoder = new JsonDecoder();
  const spec = decodeKubernetesPolicySpec(decoder, object.spec);
  if (decoder.problem !== undefined) return undecodable(decoder.problem);
  const problem = kubernetesPolicyProblem(object.name, spec);
  if (problem !== undefined) return refusal('apiserver', problem);
  return compilePolicy(draft(object, spec, kubernetesPolicyTypes(spec)), pool);
}

/**
 * Reads a StagedKubernetesNetworkPolicy: Calico alone looks at it, so the API server's defaults and most of its validation are
 * missing; without `policyTypes` it is about ingress, whatever rules it has. Mirrors libcalico-go/lib/validator/v3
 * validateStagedKubernetesNetworkPolicy, v3.32.
 */
export function readStagedKubernetesPolicy(object: KubernetesObject, pool: SelectorPool): Reading<Policy> {
  const decoder = new JsonDecoder();
  const spec = decodeKubernetesPolicySpec(decoder, object.spec);
  const action = decoder.text(object.spec, 'stagedAction') ?? '';
  if (decoder.problem !== undefined) return undecodable(decoder.problem);
  const problem = metadataProblem(object, 'subdomain') ?? stagedProblem(object, spec, action);
  if (problem !== undefined) return refusal('calico', problem);
  if (action === 'Delete') return { problems: [] };
  const types = spec.policyTypes.filter((type) => type === 'Ingress' || type === 'Egress');
  const governs = { ingress: types.length === 0 || types.includes('Ingress'), egress: types.includes('Egress') };
  return compilePolicy({ ...draft(object, spec, governs), kind: 'StagedKubernetesNetworkPolicy', staged: true }, pool);
}

function stagedProblem(object: KubernetesObject, spec: KubernetesPolicySpec, action: string): FieldProblem | undefined {
  if (!['', 'Set', 'Delete', 'Learn', 'Ignore'].includes(action)) {
    return problemAt(['spec', 'stagedAction'], 'is invalid');
  }
  if (action === 'Delete') {
    const isBare = ['ingress', 'egress', 'policyTypes'].every((key) => !Array.isArray(object.spec[key]));
    const selects = podSelectorText(spec.podSelector) !== podSelectorText(undefined);
    return isBare && !selects
      ? undefined
      : problemAt(['spec'], 'Spec fields should all be zero-value if stagedAction is Delete');
  }
  if (new Set(spec.policyTypes).size !== spec.policyTypes.length) {
    return problemAt(['spec', 'policyTypes'], 'specified more than once');
  }
  for (const direction of ['ingress', 'egress'] as const) {
    const problem = firstOf(spec[direction], ({ ports }) => within(['ports'], firstOf(ports, conversionProblem)));
    if (problem !== undefined) return within(['spec', direction], problem);
  }
  return undefined;
}

function conversionProblem(port: KubernetesPort): FieldProblem | undefined {
  return isConvertible(port) ? undefined : problemAt([], 'conversion to stagednetworkpolicy failed: invalid port');
}

/** Calico reads a port with its own parser, which knows no range of a name. */
function isConvertible({ port, endPort }: KubernetesPort): boolean {
  if (port === undefined) return true;
  if (typeof port === 'string') return endPort === undefined && /^[\w.-]{1,128}$/.test(port);
  return port >= 0 && port <= (endPort ?? port) && (endPort ?? port) <= 65535;
}

function draft(
  object: KubernetesObject,
  spec: KubernetesPolicySpec,
  governs: Readonly<Record<Direction, boolean>>,
): PolicyDraft {
  return {
    kind: 'KubernetesNetworkPolicy',
    object: objectName(object),
    namespace: object.namespace,
    tier: 'default',
    order: kubernetesPolicyOrder,
    selector: namespacedPolicySelector(
      { ...noCalicoSpec, selector: podSelectorText(spec.podSelector) },
      object.namespace,
    ),
    governs,
    rules: {
      ingress: convertKubernetesRules(spec, 'ingress'),
      egress: convertKubernetesRules(spec, 'egress'),
    },
  };
}
