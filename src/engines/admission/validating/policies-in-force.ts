import type { Cluster } from '../../../cluster/index/cluster.ts';
import { storedObjects } from '../../../cluster/stored/stored-objects.ts';
import { isEmptySelector } from '../../../lang/label-selector.ts';
import { memo } from '../../../lang/memo.ts';
import {
  type AdmissionPolicy,
  type AdmissionPolicyBinding,
  readAdmissionPolicy,
  readAdmissionPolicyBinding,
} from '../../../model/kinds/admission-policy.ts';
import type { JsonObject, ManifestObject } from '../../../model/object.ts';
import { type PolicyHook, policyHooks } from '../policies/policy-hooks.ts';
import { baseEnvironment } from '../policies/policy-expressions.ts';
import { hasPolicies, POLICY_GROUP } from '../request/has-policies.ts';
import { refusedExpressions } from './refused-expressions.ts';

/** A policy with its bindings, and what it asks beside the object. */
export interface PolicyInForce extends PolicyHook {
  /** Whether it looks at who sends the request, or at what somebody may do. */
  readonly asksUser: boolean;
  /** Whether it looks at the namespace of the request. */
  readonly asksNamespace: boolean;
}

/** The ValidatingAdmissionPolicies that judge the requests of a cluster, and the manifests of policies and bindings by name. */
export interface PoliciesInForce {
  readonly hooks: readonly PolicyInForce[];
  readonly policies: ReadonlyMap<string, ManifestObject>;
  readonly bindings: ReadonlyMap<string, ManifestObject>;
}

const POLICY = 'ValidatingAdmissionPolicy';
const BINDING = 'ValidatingAdmissionPolicyBinding';
/** From this minor on v1 is served; the versions before it only where somebody turns them on. */
const FIRST_STABLE = 30;

/** Undefined without policies or without bindings: then nothing is compiled. Memoised per cluster. */
export function policiesInForce(cluster: Cluster): PoliciesInForce | undefined {
  return memo(cluster, collect);
}

function collect(cluster: Cluster): PoliciesInForce | undefined {
  if (!hasPolicies(cluster, POLICY)) return undefined;
  const policies = read(cluster, POLICY, readAdmissionPolicy).filter(
    // The server refuses to store a policy that does not compile.
    ({ object }) => refusedExpressions(cluster, object).length === 0,
  );
  const bindings = read(cluster, BINDING, readAdmissionPolicyBinding);
  const hooks = policyHooks(
    policies.map(({ value }) => value),
    bindings.map(({ value }) => value),
    baseEnvironment(cluster.version.value.minor, undefined),
  );
  return {
    hooks: hooks.map((hook) => ({ ...hook, ...asks(hook) })),
    policies: new Map(policies.map(({ value, object }) => [value.name, object])),
    bindings: new Map(bindings.map(({ value, object }) => [value.name, object])),
  };
}

interface Read<Value> {
  readonly object: ManifestObject;
  readonly value: Value;
}

function read<Value extends AdmissionPolicy | AdmissionPolicyBinding>(
  cluster: Cluster,
  kind: string,
  readValue: (value: JsonObject) => Value,
): readonly Read<Value>[] {
  const { minor } = cluster.version.value;
  return storedObjects(cluster, POLICY_GROUP, kind)
    .filter(({ object, name }) => name !== '' && (minor < FIRST_STABLE || object.version === 'v1'))
    .map(({ object, value }) => ({ object, value: readValue(value) }));
}

function asks({ compiled: { policy }, bindings }: PolicyHook): Pick<PolicyInForce, 'asksUser' | 'asksNamespace'> {
  const { matchConditions, variables, validations, auditAnnotations, matchConstraints } = policy;
  const texts = [
    ...[...matchConditions, ...variables, ...auditAnnotations].map(({ expression }) => expression),
    ...validations.flatMap(({ expression, messageExpression }) => [expression, messageExpression]),
  ];
  const matched = [matchConstraints, ...bindings.map(({ matchResources }) => matchResources)];
  return {
    asksUser: texts.some((text) => /\b(?:userInfo|authorizer)\b/.test(text)),
    asksNamespace:
      texts.some((text) => /\bnamespaceObject\b/.test(text)) ||
      matched.some((each) => each !== undefined && !isEmptySelector(each.namespaceSelector)),
  };
}
