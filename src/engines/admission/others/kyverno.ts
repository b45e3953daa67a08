import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import { isEmptySelector, type LabelSelector, labelSelectorMatches } from '../../../lang/label-selector.ts';
import { both, either, negated, type Truth } from '../../../lang/truth.ts';
import { matchesWildcard } from '../../../lang/wildcard.ts';
import { specAsWritten } from '../../../model/as-written.ts';
import { selectorOf } from '../../../model/kinds/admission-policy.ts';
import { isObject, items, list, record, records, text, textFields, texts } from '../../../model/json.ts';
import type { Json, JsonObject, ManifestObject } from '../../../model/object.ts';
import { labelsOf, matchesNamespaceLabels } from './match-labels.ts';
import type { OtherDecider, OtherRequest } from './other-decider.ts';

/** Namespaces that the ConfigMap of Kyverno leaves out by default (`resourceFilters` of its chart). */
const FILTERED = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'kyverno']);

/**
 * The rules of Kyverno's ClusterPolicies and Policies that change objects or refuse them at admission: audits, generators and rules about objects
 * that exist already do neither. Source: kyverno, api/kyverno/v1 and pkg/engine/utils/match.go, v1.15.
 */
export function kyvernoPolicies(cluster: Cluster): readonly OtherDecider[] {
  return ['ClusterPolicy', 'Policy'].flatMap((kind) =>
    objectsOfKind(cluster, 'kyverno.io', kind).flatMap((object) => {
      const spec = specAsWritten(object);
      if (spec.admission === false) return [];
      const own = kind === 'Policy' ? namespaceOf(cluster, object) : undefined;
      return items(spec.rules).flatMap(([index, rule]) => decidersOf(object, spec, index, rule, own));
    }),
  );
}

function decidersOf(
  object: ManifestObject,
  spec: JsonObject,
  index: number,
  rule: JsonObject,
  own: string | undefined,
): readonly OtherDecider[] {
  const { mutate, validate, verifyImages } = rule;
  const changes = isObject(mutate) && mutate.targets === undefined;
  const refuses = validate !== undefined && isEnforced(record(validate).failureAction, spec);
  const images = records(verifyImages);
  const refusesImages = images.some(({ failureAction }) => isEnforced(failureAction, spec));
  const writesDigests = images.some(({ mutateDigest }) => mutateDigest !== false);
  if (!changes && !refuses && !refusesImages && !writesDigests) return [];
  const name = text(rule.name);
  const isConditional = [rule.preconditions, rule.celPreconditions].some((each) => each !== undefined);
  return [
    {
      object,
      path: ['spec', 'rules', index],
      name: object.name,
      title: `${object.kind} \`${object.name}\` (rule \`${name}\`)`,
      mayChange: changes || writesDigests,
      mayRefuse: refuses || refusesImages,
      takes: (request) => {
        if (own !== undefined && request.namespace !== own) return false;
        if (FILTERED.has(request.namespace)) return false;
        const taken = both(matchesBlock(rule.match, request), negated(matchesBlock(rule.exclude, request)));
        return taken === true && isConditional ? 'maybe' : taken;
      },
    },
  ];
}

/** Whether what fails is refused, in any namespace: the rule's own action counts before the policy's. */
function isEnforced(action: Json | undefined, spec: JsonObject): boolean {
  const overrides = records(spec.validationFailureActionOverrides);
  const actions = [text(action) || text(spec.validationFailureAction), ...overrides.map((each) => text(each.action))];
  return actions.some((each) => each.toLowerCase() === 'enforce');
}

/** The `match` or the `exclude` of a rule: `any`, `all`, or the fields of one filter. */
function matchesBlock(value: Json | undefined, request: OtherRequest): Truth {
  const block = record(value);
  if (block.any !== undefined)
    return records(block.any).reduce<Truth>((truth, each) => either(truth, matchesFilter(each, request)), false);
  if (block.all !== undefined)
    return records(block.all).reduce<Truth>((truth, each) => both(truth, matchesFilter(each, request)), true);
  return matchesFilter(block, request);
}

function matchesFilter(filter: JsonObject, request: OtherRequest): Truth {
  const resources = record(filter.resources);
  const asksUser = ['subjects', 'roles', 'clusterRoles'].some((field) => list(filter[field]).length > 0);
  // A filter without any field matches nothing.
  if (!asksUser && Object.keys(resources).length === 0) return false;
  const kinds = texts(resources.kinds);
  if (kinds.length > 0 && !kinds.some((each) => isKind(each, request))) return false;
  const operations = texts(resources.operations);
  if (operations.length > 0 && !operations.includes(request.operation)) return false;
  const names = [...texts(resources.names), ...(text(resources.name) === '' ? [] : [text(resources.name)])];
  const namespaces = texts(resources.namespaces);
  if (namespaces.length > 0 && !fits(namespaces, request.namespace)) return false;
  let truth: Truth = asksUser ? 'maybe' : true;
  // The name of a pod may not be made yet.
  if (names.length > 0 && !fits(names, request.name)) {
    if (request.name !== '') return false;
    truth = 'maybe';
  }
  const written = new Map(textFields(record(request.object.metadata).annotations));
  for (const [key, value] of textFields(resources.annotations)) {
    if (![...written].some(([k, v]) => matchesWildcard(key, k) && matchesWildcard(value, v))) return false;
  }
  truth = both(truth, selects(selectorOf(resources.selector), labelsOf(request.object)));
  const inNamespace = selectorOf(resources.namespaceSelector);
  if (hasWildcard(inNamespace)) return both(truth, 'maybe');
  return both(truth, matchesNamespaceLabels(inNamespace, request.inNamespace));
}

/** Selectors of Kyverno may hold wildcards; what those match is left open. */
function selects(selector: LabelSelector, labels: ReadonlyMap<string, string>): Truth {
  if (isEmptySelector(selector)) return true;
  return hasWildcard(selector) ? 'maybe' : labelSelectorMatches(selector, labels);
}

function hasWildcard({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  const words = [
    ...Object.entries(matchLabels).flat(),
    ...matchExpressions.flatMap(({ key = '', values = [] }) => [key, ...values]),
  ];
  return words.some((word) => /[*?]/.test(word));
}

function fits(patterns: readonly string[], value: string): boolean {
  return patterns.some((pattern) => matchesWildcard(pattern, value));
}

/** `Pod`, `v1/Pod`, `apps/v1/Deployment`, `*`, `*` twice with a slash, and the same with a subresource, which no creation is about. */
function isKind(text: string, { kind }: OtherRequest): boolean {
  const parts = text.split('/');
  const isVersion = (part: string | undefined): boolean => part !== undefined && VERSION.test(part);
  let [group, version] = ['*', '*'];
  if (parts.length >= 3 && isVersion(parts[1])) [group = '*', version = '*'] = parts.splice(0, 2);
  else if (parts.length >= 2 && isVersion(parts[0])) [version = '*'] = parts.splice(0, 1);
  const [named = '', subresource = ''] = parts;
  if (subresource !== '' && subresource !== '*') return false;
  return (
    matchesWildcard(group, kind.group) && matchesWildcard(version, kind.version) && matchesWildcard(named, kind.kind)
  );
}

const VERSION = /^(?:v\d+(?:(?:alpha|beta)\d+)?|\*)$/;
