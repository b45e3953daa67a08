import { parseLabelQuery } from '../../../lang/label-query.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { metadataTexts } from '../node/fields.ts';
import { compilePattern } from '../node/pattern.ts';
import { currentId, gvkOf, originalId, type Resource } from './resource.ts';
import { effectiveNamespace, type Gvk, type ResId } from './res-id.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';

/** What a target or a `select` asks for, as written; each field but the last two is a regular expression, '' asks for nothing. */
export interface Selector extends Gvk {
  readonly name: string;
  readonly namespace: string;
  readonly annotationSelector: string;
  readonly labelSelector: string;
}

/** A selector that is ready to be asked. */
export interface CompiledSelector {
  readonly matchesGvk: (gvk: Gvk) => boolean;
  readonly matchesName: (name: string) => boolean;
  readonly matchesNamespace: (namespace: string) => boolean;
  /** Whether labels and annotations fit; fails if their selectors cannot be read. */
  readonly matchesMetadata: (root: YamlNode) => boolean;
}

/** Mirrors kustomize api v0.21.2, types/selector.go: anchored at both ends. */
export function compileSelector(selector: Selector): CompiledSelector {
  const [group, version, kind] = [anchored(selector.group), anchored(selector.version), anchored(selector.kind)];
  return {
    matchesGvk: (gvk) => group(gvk.group) && version(gvk.version) && kind(gvk.kind),
    matchesName: anchored(selector.name),
    matchesNamespace: anchored(selector.namespace),
    matchesMetadata: (root) =>
      queryMatches(selector.labelSelector, root, 'labels') &&
      queryMatches(selector.annotationSelector, root, 'annotations'),
  };
}

/** Whether a text as a whole is what a pattern asks for; '' asks for nothing. */
function anchored(pattern: string): (text: string) => boolean {
  if (pattern === '') return () => true;
  // Nearly all are names.
  if (/^[\w-]+$/.test(pattern)) return (text) => text === pattern;
  return compilePattern(`^(?:${pattern})$`).matches;
}

function queryMatches(query: string, root: YamlNode, where: 'labels' | 'annotations'): boolean {
  if (query === '') return true;
  const parsed = parseLabelQuery(query);
  if ('error' in parsed) throw new KustomizeFailure(parsed.error);
  return parsed.matches(metadataTexts(root, where));
}

/** The objects that a patch's target selects: by the names they have or had, in order (mirrors resmap/reswrangler.go, `Select`). */
export function selectResources(items: readonly Resource[], selector: Selector): Resource[] {
  const compiled = compileSelector(selector);
  return items.filter((item) => {
    if (!compiled.matchesGvk(gvkOf(item))) return false;
    const [original, current] = [originalId(item), currentId(item)];
    const either = (fits: (id: ResId) => boolean): boolean => fits(original) || fits(current);
    return (
      either((id) => compiled.matchesNamespace(effectiveNamespace(id))) &&
      either((id) => compiled.matchesName(id.name)) &&
      compiled.matchesMetadata(item.root)
    );
  });
}
