import {
  isEmptySelector,
  labelSelectorMatches,
  labelSelectorProblems,
  type LabelSelector,
} from '../../../lang/label-selector.ts';
import { goQuote } from '../../../lang/go-quote.ts';
import type { MatchResources, ResourceRule } from '../../../model/kinds/admission-policy.ts';
import {
  type Equivalent,
  type GroupVersionResource,
  hasMetadata,
  labelsOf,
  type PolicyRequest,
  type PolicySurroundings,
} from './policy-request.ts';

/** Whether a policy or a binding looks at a request: as which kind and resource, not at all, or an error. */
export type Match = Equivalent | 'none' | { readonly error: string };

/** What rules look at beside names. */
export type Asked = Pick<PolicyRequest, 'operation' | 'namespace' | 'resource' | 'subresource'>;

/** Matches a request. Mirrors Matcher.Matches of the apiserver's plugin/policy/matching. */
export function matchRequest(criteria: MatchResources, request: PolicyRequest, around: PolicySurroundings): Match {
  const inNamespace = matchesNamespace(criteria.namespaceSelector, request, around);
  if (inNamespace === false) return 'none';
  const isSelected = matchesObject(criteria.objectSelector, request);
  if (isSelected === false) return 'none';
  const { excludeResourceRules, resourceRules, matchPolicy } = criteria;
  const excluded = matchRules(excludeResourceRules, matchPolicy, request, around);
  if (excluded !== 'none') return 'error' in excluded ? excluded : 'none';
  const matched = resourceRules.length === 0 ? own(request) : matchRules(resourceRules, matchPolicy, request, around);
  if (matched === 'none' || 'error' in matched) return matched;
  if (typeof inNamespace === 'string') return { error: inNamespace };
  return typeof isSelected === 'string' ? { error: isSelected } : matched;
}

/** How criteria match requests about a resource, whatever the object is: `always` as the resource that it is, perhaps, or never. */
export function matchResource(
  criteria: MatchResources,
  request: Asked,
  around: PolicySurroundings,
): 'always' | 'perhaps' | 'never' {
  const { resourceRules, excludeResourceRules, matchPolicy } = criteria;
  const { resource, subresource } = request;
  const isPlain =
    isEmptySelector(criteria.namespaceSelector) &&
    isEmptySelector(criteria.objectSelector) &&
    excludeResourceRules.length === 0;
  const fitting = resourceRules.filter((rule) => isRuleFor(rule, request, resource));
  if (isPlain && (resourceRules.length === 0 || fitting.some(({ resourceNames }) => resourceNames.length === 0)))
    return 'always';
  if (resourceRules.length === 0 || fitting.length > 0) return 'perhaps';
  const others = matchPolicy === 'Exact' ? [] : around.equivalents(resource, subresource);
  const isMatched = resourceRules.some((rule) => others.some((each) => isRuleFor(rule, request, each.resource)));
  return isMatched ? 'perhaps' : 'never';
}

function own({ resource, kind }: PolicyRequest): Equivalent {
  return { resource, kind };
}

/** A text is an error. */
function matchesNamespace(
  selector: LabelSelector,
  request: PolicyRequest,
  around: PolicySurroundings,
): boolean | string {
  const { namespace, resource, subresource, operation } = request;
  if (namespace === '' && resource.resource !== 'namespaces') return true;
  if (isEmptySelector(selector)) return true;
  const problem = selectorProblem(selector);
  if (problem !== undefined) return problem;
  const isWritten = operation === 'CREATE' || operation === 'UPDATE';
  if (resource.resource === 'namespaces' && subresource === '' && isWritten)
    return labelSelectorMatches(selector, labelsOf(request.object));
  const object = around.namespace(namespace);
  return object === undefined ? namespaceNotFound(namespace) : labelSelectorMatches(selector, labelsOf(object));
}

/** What the server says about a namespace that it does not have. */
export function namespaceNotFound(name: string): string {
  return `namespaces ${goQuote(name)} not found`;
}

function matchesObject(selector: LabelSelector, { kind, object, oldObject }: PolicyRequest): boolean | string {
  if (isEmptySelector(selector)) return true;
  const problem = selectorProblem(selector);
  if (problem !== undefined) return problem;
  // What has no metadata is not selected, not even by the absence of a label.
  if (!hasMetadata(kind)) return false;
  return [object, oldObject].some((each) => each !== undefined && labelSelectorMatches(selector, labelsOf(each)));
}

function selectorProblem(selector: LabelSelector): string | undefined {
  const [problem] = labelSelectorProblems(selector);
  return problem === undefined ? undefined : `Internal error occurred: ${problem}`;
}

function matchRules(
  rules: readonly ResourceRule[],
  matchPolicy: string,
  request: PolicyRequest,
  around: PolicySurroundings,
): Match {
  const { resource, subresource } = request;
  if (rules.some((rule) => isRuleFor(rule, request, resource) && namesObject(rule, request))) return own(request);
  if (rules.length === 0 || matchPolicy === 'Exact') return 'none';
  const others = around.equivalents(resource, subresource).filter((each) => !isSameResource(each.resource, resource));
  for (const rule of rules) {
    const found = others.find((each) => isRuleFor(rule, request, each.resource) && namesObject(rule, request));
    if (found !== undefined) return found;
  }
  return 'none';
}

function isSameResource(a: GroupVersionResource, b: GroupVersionResource): boolean {
  return a.group === b.group && a.version === b.version && a.resource === b.resource;
}

function namesObject({ resourceNames }: ResourceRule, { name }: PolicyRequest): boolean {
  return resourceNames.length === 0 || resourceNames.includes(name);
}

/** Mirrors the apiserver's admission/plugin/webhook/predicates/rules. */
function isRuleFor(rule: ResourceRule, request: Asked, resource: GroupVersionResource): boolean {
  const has = (values: readonly string[], value: string): boolean => values.includes('*') || values.includes(value);
  return (
    isInScope(rule.scope, request, resource) &&
    has(rule.operations, request.operation) &&
    has(rule.apiGroups, resource.group) &&
    has(rule.apiVersions, resource.version) &&
    rule.resources.some((each) => {
      const slash = each.indexOf('/');
      const name = slash < 0 ? each : each.slice(0, slash);
      const subresource = slash < 0 ? '' : each.slice(slash + 1);
      return (
        (name === '*' || name === resource.resource) && (subresource === '*' || subresource === request.subresource)
      );
    })
  );
}

function isInScope(scope: string, { namespace }: Asked, resource: GroupVersionResource): boolean {
  const isNamespace = resource.group === '' && resource.version === 'v1' && resource.resource === 'namespaces';
  const isCluster = isNamespace || namespace === '';
  if (scope === '*') return true;
  return scope === 'Cluster' ? isCluster : scope === 'Namespaced' && !isCluster;
}
