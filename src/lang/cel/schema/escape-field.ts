import { RESERVED_WORDS } from '../syntax/reserved-words.ts';

const SIGNS: Readonly<Record<string, string>> = { __: 'underscores', '.': 'dot', '-': 'dash', '/': 'slash' };

/** A field's name as expressions write it, `a__dash__b`; undefined where they cannot. Mirrors Escape of the apiserver's pkg/cel/escaping.go. */
export function escapeField(name: string): string | undefined {
  if (RESERVED_WORDS.has(name)) return `__${name}__`;
  if (!/^[a-z_.\-/][\w.\-/]*$/i.test(name)) return undefined;
  return name.replaceAll(/__|[.\-/]/g, (sign) => `__${SIGNS[sign] ?? ''}__`);
}

/** The name of an escaped field; undefined for what is no escape. Mirrors Unescape. */
export function unescapeField(escaped: string): string | undefined {
  const isWrong = [...escaped.matchAll(/__([^_]+)__/g)].some(
    ([whole, word = '']) => signOf(word) === undefined && !(RESERVED_WORDS.has(word) && whole === escaped),
  );
  return isWrong ? undefined : escaped.replaceAll(/__([^_]+)__/g, (_, word: string) => signOf(word) ?? word);
}

function signOf(word: string): string | undefined {
  return Object.keys(SIGNS).find((sign) => SIGNS[sign] === word);
}

/** Whether a name is a word that expressions cannot use as a name; since 1.31 fields may be. */
export function isReservedField(name: string): boolean {
  return RESERVED_WORDS.has(name);
}
