import { namespacedPolicySelector } from './calico-selectors.ts';
import { convertKubernetesRules, kubernetesPolicyTypes } from './convert-kubernetes-policy.ts';
import { JsonDecoder } from './decode-json.ts';
import { objectName } from './kubernetes-object.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { decodeKubernetesPolicySpec } from './kubernetes-resource.ts';
import { podSelectorText } from './kubernetes-selector.ts';
import type { Policy } from './normal-form.ts';
import { compilePolicy, noCalicoSpec } from './compile-policy.ts';
import type { Reading } from './reading.ts';
import type { SelectorPool } from './selector-pool.ts';
import { kubernetesPolicyProblem } from './validate-kubernetes-policy.ts';

/** The order of every Kubernetes NetworkPolicy among the Calico policies of the tier `default`. */
const kubernetesPolicyOrder = 1000;

/** Reads a Kubernetes NetworkPolicy, with the API server's defaults and validation. */
export function readKubernetesPolicy(object: KubernetesObject, pool: SelectorPool): Reading<Policy> {
  const decoder = new JsonDecoder();
  const spec = decodeKubernetesPolicySpec(decoder, object.spec);
  if (decoder.problem !== undefined) return { problems: [{ by: 'decode', message: decoder.problem }] };
  const problem = kubernetesPolicyProblem(object.name, spec);
  if (problem !== undefined) return { problems: [{ by: 'apiserver', message: problem }] };
  return compilePolicy(
    {
      kind: 'KubernetesNetworkPolicy',
      object: objectName(object),
      namespace: object.namespace,
      tier: 'default',
      order: kubernetesPolicyOrder,
      selector: namespacedPolicySelector(
        { ...noCalicoSpec, selector: podSelectorText(spec.podSelector) },
        object.namespace,
      ),
      governs: kubernetesPolicyTypes(spec),
      rules: {
        ingress: convertKubernetesRules(spec, 'ingress'),
        egress: convertKubernetesRules(spec, 'egress'),
      },
    },
    pool,
  );
}
