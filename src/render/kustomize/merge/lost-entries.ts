import type { Span } from '../../../text/tree.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { field } from '../node/fields.ts';
import type { MergeEffect } from '../failure/side-effect.ts';

/** A list before and after a merge. */
interface MergedList {
  readonly before: readonly YamlNode[];
  /** The entries of the patch; none where it leaves the list out, which is merged all the same. */
  readonly patch: readonly YamlNode[];
  /** The patch, or as much of it as is about the list. */
  readonly by: Span;
  readonly result: readonly YamlNode[];
  /** What items were merged to; undefined for one that the patch deletes. */
  readonly became: ReadonlyMap<YamlNode, YamlNode | undefined>;
  /** The keys that tell the items apart. */
  readonly keys: readonly string[];
}

/**
 * The entries that a merge by several keys loses: one that has all keys and one that leaves a key out count as one when entries are counted, and as two
 * when they are looked up, so that one of them goes. `names` are the keys of the entry with their values.
 */
export function lostEntries({ before, patch, by, result, became, keys }: MergedList): MergeEffect[] {
  const left = new Set(result);
  const isLost = (item: YamlNode): boolean => {
    if (item.kind !== 'map' || item.content.length === 0) return false;
    if (!became.has(item)) return !left.has(item);
    const merged = became.get(item);
    return merged !== undefined && !left.has(merged);
  };
  const first = (item: YamlNode): string | undefined => field(item, keys[0] ?? '')?.value;
  const lostOfPatch = patch.filter(isLost);
  const effects = lostOfPatch.map((item): MergeEffect => ({
    is: 'patch-entry-dropped',
    start: item.start,
    end: item.end,
    lost: before.filter((other) => other !== item && first(other) === first(item)),
    names: keysOf(item, keys),
  }));
  const own = new Set(patch);
  for (const item of before) {
    if (own.has(item) || !isLost(item)) continue;
    const { start, end } = patch.find((other) => first(other) === first(item)) ?? by;
    effects.push({ is: 'base-entry-dropped', start, end, lost: [item], names: keysOf(item, keys) });
  }
  return effects;
}

function keysOf(item: YamlNode, keys: readonly string[]): string[] {
  return keys.flatMap((key) => {
    const value = field(item, key);
    return value === undefined ? [] : [`${key}: ${value.value}`];
  });
}
