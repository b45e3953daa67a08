import type { Cluster } from '../../../cluster/index/cluster.ts';
import { wholeNumbersAreInts } from '../../../lang/cel/values/json-values.ts';
import { memo } from '../../../lang/memo.ts';
import type { Truth } from '../../../lang/truth.ts';
import type {
  AdmissionPolicy,
  AdmissionPolicyBinding,
  NamedExpression,
} from '../../../model/kinds/admission-policy.ts';
import { dispatchPolicies } from '../policies/dispatch-policies.ts';
import { baseEnvironment } from '../policies/policy-expressions.ts';
import { type PolicyHook, policyHooks } from '../policies/policy-hooks.ts';
import type { PolicyRequest } from '../policies/policy-request.ts';
import { policySurroundings } from './policy-surroundings.ts';

/**
 * Whether a request meets match conditions, as those of a policy that refuses all that it takes. A condition that fails counts as met, as it does where the
 * failure policy is `Fail`.
 */
export function meetsConditions(
  cluster: Cluster,
  matchConditions: readonly NamedExpression[],
  request: PolicyRequest,
): Truth {
  const asksUser = matchConditions.some(({ expression }) => /\b(?:userInfo|authorizer)\b/.test(expression));
  if (asksUser && request.user.name === '') return 'maybe';
  const hooks = memo(cluster, hooksOf, matchConditions);
  return dispatchPolicies(hooks, request, policySurroundings(cluster), wholeNumbersAreInts).rejection !== undefined;
}

function hooksOf({ version }: Cluster, matchConditions: readonly NamedExpression[]): readonly PolicyHook[] {
  const environment = baseEnvironment(version.value.minor, undefined);
  return policyHooks([{ ...REFUSES_ALL, matchConditions }], [BINDING], environment).map((hook) => ({
    ...hook,
    matchesAll: true,
  }));
}

const EVERYTHING = {
  matchPolicy: 'Equivalent',
  namespaceSelector: {},
  objectSelector: {},
  resourceRules: [],
  excludeResourceRules: [],
};

const REFUSES_ALL: AdmissionPolicy = {
  name: 'conditions',
  failurePolicy: 'Fail',
  paramKind: undefined,
  matchConstraints: EVERYTHING,
  matchConditions: [],
  variables: [],
  validations: [{ expression: 'false', message: '', messageExpression: '', reason: undefined }],
  auditAnnotations: [],
};

const BINDING: AdmissionPolicyBinding = {
  name: 'conditions',
  policyName: 'conditions',
  paramRef: undefined,
  matchResources: undefined,
  validationActions: ['Deny'],
};
