import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { clearField } from '../node/edit.ts';
import { setElement } from '../node/elements.ts';
import { field } from '../node/fields.ts';

/** What a patch wants of the value that it patches. */
export type Directive = 'merge' | 'replace' | 'delete';

const KEY = '$patch';

/** The `$patch` of a map, or of an item of a list that holds nothing more than one field beside it, which is taken out of the patch. */
export function directiveOf(patch: YamlNode): Directive {
  if (patch.kind === 'map') {
    const value = field(patch, KEY);
    if (value === undefined || value.tag === '!!null') return 'merge';
    const directive = known(value);
    clearField(patch, KEY);
    return directive;
  }
  const item = patch.content.find((each) => each.kind === 'map' && field(each, KEY) !== undefined);
  const value = item === undefined || item.content.length > 2 ? undefined : field(item, KEY);
  if (value === undefined) return 'merge';
  const directive = known(value);
  setElement(patch, [KEY], [directive], undefined);
  return directive;
}

function known(value: YamlNode): Directive {
  if (value.value === 'delete' || value.value === 'replace' || value.value === 'merge') return value.value;
  throw new KustomizeFailure(`unknown patch strategy '${value.value}'`, value);
}
