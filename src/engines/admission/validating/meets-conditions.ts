import type { Cluster } from '../../../cluster/index/cluster.ts';
import { wholeNumbersAreInts } from '../../../lang/cel/values/json-values.ts';
import type { Truth } from '../../../lang/truth.ts';
import type {
  AdmissionPolicy,
  AdmissionPolicyBinding,
  NamedExpression,
} from '../../../model/kinds/admission-policy.ts';
import { dispatchPolicies } from '../policies/dispatch-policies.ts';
import { baseEnvironment } from '../policies/policy-expressions.ts';
import { policyHooks } from '../policies/policy-hooks.ts';
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
  const hooks = policyHooks([{ ...REFUSES_ALL, matchConditions }], [BINDING], environmentOf(cluster));
  const matching = hooks.map((hook) => ({ ...hook, matchesAll: true }));
  return dispatchPolicies(matching, request, policySurroundings(cluster), wholeNumbersAreInts).rejection !== undefined;
}

function environmentOf({ version }: Cluster): ReturnType<typeof baseEnvironment> {
  return baseEnvironment(version.value.minor, undefined);
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
