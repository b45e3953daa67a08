import type { Cause, YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { addCause, replaceScalar, scalarNode, setField } from '../node/edit.ts';
import type { PlacedText } from '../read/decode.ts';
import { appendToAnnotations, originalId, PREFIXES, storePreviousId, SUFFIXES } from '../resource/resource.ts';
import { isSelectedGvk, printId, type Gvk } from '../resource/res-id.ts';
import type { ResourceList } from '../resource/resource-list.ts';
import { visitFields, type FieldSpec } from './field-spec.ts';

/**
 * Sets labels or annotations at every place of a list, key by key (mirrors kustomize api v0.21.2, filters/labels and annotations). `by` names what made
 * values that are not written at their places.
 */
export function setTexts(
  list: ResourceList,
  texts: readonly (PlacedText & { readonly key: string })[],
  specs: readonly FieldSpec[],
  by?: string,
): void {
  for (const { root } of list.items) {
    for (const { key, value, span } of texts) {
      // One node for all places, as in the real tool: where it is set anew later, it changes everywhere.
      const node = scalarNode(value, '!!str', span);
      if (by !== undefined) addCause(node, { by, ...span });
      for (const spec of specs) {
        visitFields(root, spec, (map) => setField(map, key, node, span), {
          kind: 'map',
          tag: '!!map',
          span,
        });
      }
    }
  }
}

/** What the names of these kinds never get. */
const SKIPPED: readonly Gvk[] = [
  { group: '', version: '', kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', version: '', kind: 'APIService' },
  { group: '', version: '', kind: 'Namespace' },
];

/** Puts a prefix before names, or a suffix behind them (mirrors kustomize api v0.21.2, PrefixTransformer and SuffixTransformer). */
export function affixNames(
  list: ResourceList,
  { value: affix, span }: PlacedText,
  specs: readonly FieldSpec[],
  where: 'prefix' | 'suffix',
): void {
  const cause: Cause = { by: where === 'prefix' ? 'namePrefix' : 'nameSuffix', ...span };
  for (const item of list.items) {
    const id = originalId(item);
    if (SKIPPED.some((each) => isSelectedGvk(id, each))) continue;
    for (const spec of specs) {
      if (!isSelectedGvk(id, spec)) continue;
      if (spec.path === 'metadata/name') {
        appendToAnnotations(item, [[where === 'prefix' ? PREFIXES : SUFFIXES, affix]]);
        if (affix !== '') storePreviousId(item);
      }
      const set = (node: YamlNode): void => {
        const value = scalarNode(where === 'prefix' ? affix + node.value : node.value + affix, '', node);
        value.causes = node.causes;
        addCause(value, cause);
        replaceScalar(node, value);
      };
      visitFields(item.root, spec, set, { kind: 'scalar', tag: '!!str', span });
    }
  }
}

/** Sets how many replicas the objects of a name have (mirrors kustomize api v0.21.2, ReplicaCountTransformer). */
export function setReplicas(list: ResourceList, name: string, count: PlacedText, specs: readonly FieldSpec[]): void {
  let isFound = false;
  for (const spec of specs) {
    for (const item of list.withAnyId(name, (id) => isSelectedGvk(id, spec))) {
      isFound = true;
      const set = (node: YamlNode): void => {
        replaceScalar(node, scalarNode(count.value, '!!int', count.span));
      };
      visitFields(item.root, spec, set, { kind: 'scalar', tag: '!!int', span: count.span });
    }
  }
  if (isFound) return;
  const kinds = specs.map(
    (spec) => printId({ ...spec, name: '', namespace: '', isClusterScoped: false }).split('/')[0],
  );
  throw new KustomizeFailure(
    `resource with name ${name} does not match a config with the following GVK [${kinds.join(' ')}]`,
    count.span,
  );
}
