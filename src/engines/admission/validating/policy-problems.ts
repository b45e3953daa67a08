import type { Cluster } from '../../../cluster/index/cluster.ts';
import { servedResources } from '../../../cluster/index/served-resources.ts';
import { storedObjects } from '../../../cluster/stored/stored-objects.ts';
import { isEmptySelector, labelSelectorMatches, type LabelSelector } from '../../../lang/label-selector.ts';
import { memo } from '../../../lang/memo.ts';
import {
  type AdmissionPolicy,
  type AdmissionPolicyBinding,
  type MatchResources,
  type ParamRef,
  readAdmissionPolicy,
  readAdmissionPolicyBinding,
} from '../../../model/kinds/admission-policy.ts';
import { objectValue } from '../../../model/object-value.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { namespacesOf } from '../../../cluster/stored/existing.ts';
import { collectParams } from '../policies/collect-params.ts';
import { paramKindOf } from '../policies/policy-hooks.ts';
import { baseEnvironment } from '../policies/policy-expressions.ts';
import { typeCheckPolicy } from '../policies/type-check-policy.ts';
import { metadataOf, type ParamObjects } from '../policies/policy-request.ts';
import { POLICY_GROUP } from '../request/has-policies.ts';
import { policySurroundings } from './policy-surroundings.ts';
import { refusedExpressions } from './refused-expressions.ts';

/** What keeps a policy or a binding from doing what it says. Paths are in the object. */
export type PolicyProblem =
  /** The server does not store the policy: its own words, one for each expression. */
  | { readonly is: 'refused'; readonly path: FieldPath; readonly message: string }
  | { readonly is: 'unbound' }
  /** No rule names a resource that is served. */
  | { readonly is: 'unserved'; readonly path: FieldPath; readonly resources: readonly string[] }
  /** The namespaceSelector matches no namespace of the manifests. */
  | { readonly is: 'no-namespace'; readonly path: FieldPath }
  /** An expression does not fit any of the kinds that the policy names. */
  | { readonly is: 'unfit'; readonly path: FieldPath; readonly kinds: readonly string[]; readonly issue: string }
  | { readonly is: 'unknown-policy'; readonly path: FieldPath; readonly policy: string }
  /** The policy reads parameters, and the binding names none. */
  | { readonly is: 'no-param-ref'; readonly path: FieldPath; readonly policy: string; readonly kind: string }
  /** The binding names parameters, and the policy reads none. */
  | { readonly is: 'unread-params'; readonly path: FieldPath; readonly policy: string }
  | { readonly is: 'missing-params'; readonly path: FieldPath; readonly kind: string; readonly denies: boolean };

const POLICY = 'ValidatingAdmissionPolicy';
const BINDING = 'ValidatingAdmissionPolicyBinding';

/** What keeps a ValidatingAdmissionPolicy, or a binding, from doing what it says; nothing for other kinds. Memoised per cluster and object. */
export function policyProblems(cluster: Cluster, object: ManifestObject): readonly PolicyProblem[] {
  return memo(cluster, problemsOf, object);
}

function problemsOf(cluster: Cluster, object: ManifestObject): readonly PolicyProblem[] {
  const value = objectValue(object, cluster.version.value);
  if (object.kind === POLICY) {
    const refused = refusedExpressions(cluster, object);
    if (refused.length > 0) return refused.map(({ path, message }) => ({ is: 'refused', path, message }));
    return problemsOfPolicy(cluster, readAdmissionPolicy(value));
  }
  return object.kind === BINDING ? problemsOfBinding(cluster, readAdmissionPolicyBinding(value)) : [];
}

function problemsOfPolicy(cluster: Cluster, policy: AdmissionPolicy): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const isBound = storedObjects(cluster, POLICY_GROUP, BINDING).some(
    ({ value }) => readAdmissionPolicyBinding(value).policyName === policy.name,
  );
  if (!isBound) problems.push({ is: 'unbound' });
  if (policy.matchConstraints !== undefined)
    problems.push(...matchProblems(cluster, policy.matchConstraints, ['spec', 'matchConstraints']));
  return [...problems, ...unfit(cluster, policy)];
}

function environment({ version }: Cluster): ReturnType<typeof baseEnvironment> {
  return baseEnvironment(version.value.minor, undefined);
}

function matchProblems(cluster: Cluster, criteria: MatchResources, path: FieldPath): PolicyProblem[] {
  const { resourceRules, namespaceSelector } = criteria;
  const problems: PolicyProblem[] = [];
  const named = resourceRules.flatMap(({ resources }) => resources);
  if (named.length > 0 && !resourceRules.some((rule) => namesServed(cluster, rule)))
    problems.push({ is: 'unserved', path: [...path, 'resourceRules'], resources: [...new Set(named)] });
  if (!isEmptySelector(namespaceSelector) && !selectsNamespace(cluster, namespaceSelector))
    problems.push({ is: 'no-namespace', path: [...path, 'namespaceSelector'] });
  return problems;
}

function namesServed(
  cluster: Cluster,
  { apiGroups, apiVersions, resources }: MatchResources['resourceRules'][number],
): boolean {
  const has = (values: readonly string[], value: string): boolean => values.includes('*') || values.includes(value);
  return servedResources(cluster).some(
    (served) =>
      has(apiGroups, served.group) &&
      has(apiVersions, served.version) &&
      resources.some((each) => {
        const [name = '', subresource = ''] = each.split('/');
        if (name !== '*' && name !== served.resource) return false;
        return subresource === '' || subresource === '*' || served.subresources.has(subresource);
      }),
  );
}

function selectsNamespace(cluster: Cluster, selector: LabelSelector): boolean {
  return [...namespacesOf(cluster).values()].some(({ labels }) =>
    labelSelectorMatches(selector, new Map(Object.entries(labels))),
  );
}

/** Only what fits none of the kinds: an expression may tell kinds apart by itself. */
function unfit(cluster: Cluster, policy: AdmissionPolicy): PolicyProblem[] {
  const { resourceRules = [] } = policy.matchConstraints ?? {};
  const isOpen = resourceRules.some(({ apiGroups, apiVersions, resources }) =>
    [...apiGroups, ...apiVersions, ...resources].some((each) => each.includes('*')),
  );
  if (isOpen) return [];
  const { minor } = cluster.version.value;
  const server = { minor, resources: servedResources(cluster), reading: 'runtime' } as const;
  return typeCheckPolicy(policy, memo(cluster, environment), server).flatMap(
    ({ path, kinds, named }): PolicyProblem[] => {
      const [first, ...others] = kinds;
      if (first === undefined || kinds.length < named) return [];
      const shared = first.issues.find(({ message }) =>
        others.every(({ issues }) => issues.some((issue) => issue.message === message)),
      );
      if (shared === undefined) return [];
      return [
        { is: 'unfit', path: ['spec', ...path], kinds: kinds.map(({ kind }) => kind.kind), issue: shared.message },
      ];
    },
  );
}

function problemsOfBinding(cluster: Cluster, binding: AdmissionPolicyBinding): PolicyProblem[] {
  const { policyName, paramRef, matchResources } = binding;
  const policy = storedObjects(cluster, POLICY_GROUP, POLICY).find(({ name }) => name === policyName)?.value;
  if (policy === undefined) return [{ is: 'unknown-policy', path: ['spec', 'policyName'], policy: policyName }];
  const problems: PolicyProblem[] =
    matchResources === undefined ? [] : matchProblems(cluster, matchResources, ['spec', 'matchResources']);
  const paramKind = paramKindOf(readAdmissionPolicy(policy));
  if (paramKind === 'unreadable') return problems;
  if (paramKind === undefined) {
    if (paramRef !== undefined) problems.push({ is: 'unread-params', path: ['spec', 'paramRef'], policy: policyName });
    return problems;
  }
  const { kind } = paramKind;
  if (paramRef === undefined) return [...problems, { is: 'no-param-ref', path: ['spec'], policy: policyName, kind }];
  const objects = policySurroundings(cluster).params(paramKind);
  if (objects !== undefined && !hasParams(objects, paramRef))
    problems.push({
      is: 'missing-params',
      path: ['spec', 'paramRef'],
      kind,
      denies: paramRef.parameterNotFoundAction === 'Deny',
    });
  return problems;
}

/** Whether any request has parameters: of a reference without a namespace they are those of the request's. */
function hasParams(objects: ParamObjects, reference: ParamRef): boolean {
  const namespaces =
    reference.namespace !== '' || !objects.namespaced
      ? ['']
      : [...new Set(objects.objects.map((object) => metadataOf(object).namespace))];
  return namespaces.some((namespace) => {
    const open = { ...reference, parameterNotFoundAction: 'Allow' };
    const found = collectParams(objects, open, typeof namespace === 'string' ? namespace : '');
    // What cannot be read is told where it is written.
    return typeof found === 'string' || found.length > 0;
  });
}
