import { once } from '../once.ts';

/** A set of characters: ranges of code points, in pairs, and Unicode properties; or all characters but these. */
export interface CharSet {
  readonly ranges: readonly number[];
  readonly properties: readonly { readonly test: RegExp; readonly negated: boolean; readonly fold: boolean }[];
  readonly negated: boolean;
}

/** The greatest code point. */
export const MAX_RUNE = 0x10ffff;

/** Whether a set holds a character. */
export function holds(set: CharSet, rune: number): boolean {
  return (inRanges(set.ranges, rune) || set.properties.some((property) => hasProperty(property, rune))) !== set.negated;
}

function inRanges(ranges: readonly number[], rune: number): boolean {
  for (let index = 0; index < ranges.length; index += 2) {
    if (rune >= (ranges[index] ?? 0) && rune <= (ranges[index + 1] ?? 0)) return true;
  }
  return false;
}

function hasProperty({ test, negated, fold }: CharSet['properties'][number], rune: number): boolean {
  const runes = fold ? foldsOf(rune) : [rune];
  return runes.some((each) => test.test(String.fromCodePoint(each)) !== negated);
}

/** A range with every character that differs from one in it by case only, as pairs. */
export function foldedRange(low: number, high: number): readonly number[] {
  const ranges = [low, high];
  // Characters without case, and the unassigned ones above the last with case, fold to themselves.
  for (let rune = low; rune <= Math.min(high, LAST_WITH_CASE); rune++) {
    for (const other of foldsOf(rune)) if (other < low || other > high) ranges.push(other, other);
  }
  return ranges;
}

const LAST_WITH_CASE = 0x1e943;
const DOTLESS_I = 0x131;

/** The characters that are the same but for case, the character itself among them. Mirrors Go's unicode.SimpleFold. */
function foldsOf(rune: number): readonly number[] {
  if (rune > LAST_WITH_CASE) return [rune];
  if (rune < 0x80) return asciiFolds(rune);
  return foldGroups().get(canonical(rune)) ?? [rune];
}

function asciiFolds(rune: number): readonly number[] {
  const lower = rune | 0x20;
  if (lower < 0x61 || lower > 0x7a) return [rune];
  const both = [lower, lower - 0x20];
  // The signs for kelvin and the long s fold to letters of ASCII.
  return lower === 0x6b ? [...both, 0x212a] : lower === 0x73 ? [...both, 0x17f] : both;
}

const foldGroups = once((): ReadonlyMap<number, readonly number[]> => {
  const groups = new Map<number, number[]>();
  for (let rune = 0; rune <= LAST_WITH_CASE; rune++) {
    if (rune >= 0xd800 && rune <= 0xdfff) continue;
    const key = canonical(rune);
    if (key === rune) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [key, rune]);
    else group.push(rune);
  }
  return groups;
});

function canonical(rune: number): number {
  if (rune === DOTLESS_I) return rune;
  const upper = single(String.fromCodePoint(rune).toUpperCase()) ?? rune;
  return single(String.fromCodePoint(upper).toLowerCase()) ?? upper;
}

function single(text: string): number | undefined {
  const rune = text.codePointAt(0) ?? 0;
  return text.length === (rune > 0xffff ? 2 : 1) ? rune : undefined;
}
