import { isEmptySelector, type LabelSelector, labelSelectorMatches } from '../../../lang/label-selector.ts';
import type { Truth } from '../../../lang/truth.ts';
import { record, textFields } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { NamespaceLabels } from './other-decider.ts';

/** The label that every namespace has. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** Whether a selector matches the namespace of a request; a request without one is not narrowed by it. Labels that nobody declares may be any. */
export function matchesNamespaceLabels(selector: LabelSelector, namespace: NamespaceLabels | undefined): Truth {
  if (namespace === undefined || isEmptySelector(selector)) return true;
  const { labels, isOpen } = namespace;
  if (!isOpen) return labelSelectorMatches(selector, labels);
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const isKnown = (key: string | undefined): boolean => key !== undefined && labels.has(key);
  const known: LabelSelector = {
    matchLabels: Object.fromEntries(Object.entries(matchLabels).filter(([key]) => isKnown(key))),
    matchExpressions: matchExpressions.filter(({ key }) => isKnown(key)),
  };
  if (!labelSelectorMatches(known, labels)) return false;
  const asked = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  return asked.every((key) => isKnown(key)) ? true : 'maybe';
}

/** The labels of a namespace that is known by its name alone. */
export function labelsOfName(name: string): ReadonlyMap<string, string> {
  return new Map([[NAME_LABEL, name]]);
}

/** The labels of an object. */
export function labelsOf({ metadata }: JsonObject): ReadonlyMap<string, string> {
  return new Map(textFields(record(metadata).labels));
}
