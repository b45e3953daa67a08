import type { Span } from '../../../text/tree.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { field, pairs } from '../node/fields.ts';
import type { MergeEffect } from '../failure/side-effect.ts';

/**
 * What is lost where a patch replaces a list whose entries have names, as lists do that merge in the built-in kinds: whole entries, or else
 * fields of entries that both have. Undefined where nothing is, and for lists without names.
 */
export function replacedEntries(name: string, target: YamlNode, patch: YamlNode): MergeEffect | undefined {
  const [mine, theirs] = [byName(target), byName(patch)];
  if (mine === undefined || theirs === undefined) return undefined;
  const { start, end } = patch;
  const lost = [...mine].filter(([entry]) => !theirs.has(entry));
  if (lost.length > 0) {
    const entries = lost.map(([, node]) => node);
    return { is: 'entries-replaced', start, end, lost: entries, names: [name, ...lost.map(([entry]) => entry)] };
  }
  const fields: Span[] = [];
  const names: string[] = [];
  for (const [entry, node] of mine) {
    for (const [key, value] of pairs(node)) {
      if (field(theirs.get(entry), key.value) !== undefined) continue;
      fields.push({ start: key.start, end: value.end });
      names.push(`${entry}.${key.value}`);
    }
  }
  return fields.length === 0 ? undefined : { is: 'fields-replaced', start, end, lost: fields, names: [name, ...names] };
}

/** The entries of a list by their names; undefined if one has none. */
function byName(list: YamlNode): ReadonlyMap<string, YamlNode> | undefined {
  const entries = new Map<string, YamlNode>();
  for (const item of list.content) {
    const name = field(item, 'name');
    if (name?.kind !== 'scalar') return undefined;
    entries.set(name.value, item);
  }
  return entries.size === 0 ? undefined : entries;
}
