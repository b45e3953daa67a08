import type { Cluster } from '../../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../../cluster/index/object-index.ts';
import { isEmptySelector, labelSelectorMatches } from '../../../lang/label-selector.ts';
import { memo } from '../../../lang/memo.ts';
import type { Truth } from '../../../lang/truth.ts';
import { matchesWildcard } from '../../../lang/wildcard.ts';
import { specAsWritten } from '../../../model/as-written.ts';
import { selectorOf } from '../../../model/kinds/admission-policy.ts';
import { record, records, text, texts } from '../../../model/json.ts';
import type { Json, JsonObject, ManifestObject } from '../../../model/object.ts';
import { labelsOf, matchesNamespaceLabels } from './match-labels.ts';
import type { OtherDecider, OtherRequest } from './other-decider.ts';
import { wholePolicy } from './policy-entry.ts';

const CONSTRAINTS = 'constraints.gatekeeper.sh';
const MUTATIONS = 'mutations.gatekeeper.sh';
/** Actions that let the request pass. */
const HARMLESS = new Set(['dryrun', 'warn']);

/** Gatekeeper's constraints and mutators. Source: gatekeeper, pkg/mutation/match and pkg/webhook, v3.20. */
export function gatekeeperPolicies(cluster: Cluster): readonly OtherDecider[] {
  const exempt = exemptNamespaces(cluster);
  return cluster.objects.flatMap((object): OtherDecider[] => {
    const isConstraint = object.group === CONSTRAINTS;
    if (!isConstraint && object.group !== MUTATIONS) return [];
    const spec = specAsWritten(object);
    if (isConstraint && HARMLESS.has(text(spec.enforcementAction).toLowerCase())) return [];
    return [
      {
        ...wholePolicy(object),
        mayChange: !isConstraint,
        mayRefuse: isConstraint,
        takes: (request) =>
          exempt(request.namespace) || !isAppliedTo(spec, request) ? false : matches(record(spec.match), request),
      },
    ];
  });
}

/** Of a mutator the kinds that it changes. */
function isAppliedTo({ applyTo }: JsonObject, { kind }: OtherRequest): boolean {
  if (applyTo === undefined) return true;
  return records(applyTo).some(
    ({ groups, versions, kinds }) =>
      listed(groups, kind.group) && listed(versions, kind.version) && listed(kinds, kind.kind),
  );
}

function listed(values: Json | undefined, value: string): boolean {
  const all = texts(values);
  return all.includes('*') || all.includes(value);
}

function matches(match: JsonObject, request: OtherRequest): Truth {
  const { kind, namespace, object, name } = request;
  const kinds = records(match.kinds);
  const isOfKind = kinds.some(({ apiGroups, kinds: names }) => {
    const groups = texts(apiGroups);
    const of = texts(names);
    return (groups.length === 0 || listed(apiGroups, kind.group)) && (of.length === 0 || listed(names, kind.kind));
  });
  if (kinds.length > 0 && !isOfKind) return false;
  const scope = text(match.scope);
  if ((scope === 'Cluster' && namespace !== '') || (scope === 'Namespaced' && namespace === '')) return false;
  const [namespaces, excluded] = [texts(match.namespaces), texts(match.excludedNamespaces)];
  if (namespace !== '') {
    if (namespaces.length > 0 && !named(namespaces, namespace)) return false;
    if (named(excluded, namespace)) return false;
  }
  if (text(match.name) !== '' && !matchesWildcard(text(match.name), name)) return false;
  const labels = selectorOf(match.labelSelector);
  if (!isEmptySelector(labels) && !labelSelectorMatches(labels, labelsOf(object))) return false;
  return matchesNamespaceLabels(selectorOf(match.namespaceSelector), request.inNamespace);
}

function named(patterns: readonly string[], namespace: string): boolean {
  return patterns.some((pattern) => matchesWildcard(pattern, namespace));
}

/** Namespaces that the webhook of Gatekeeper lets pass: those of its Config. */
function exemptNamespaces(cluster: Cluster): (namespace: string) => boolean {
  const patterns = memo(cluster, exemptPatterns);
  return (namespace) => namespace !== '' && named(patterns, namespace);
}

function exemptPatterns(cluster: Cluster): readonly string[] {
  return objectsOfKind(cluster, 'config.gatekeeper.sh', 'Config').flatMap((object: ManifestObject) =>
    records(specAsWritten(object).match).flatMap(({ processes, excludedNamespaces }) =>
      texts(processes).some((each) => each === '*' || each === 'webhook') ? texts(excludedNamespaces) : [],
    ),
  );
}
