import { YamlFailure } from '../scan/failure.ts';
import { decodeBase64 } from './base64.ts';
import { isTimestamp } from './timestamp.ts';
import { parseNumber, type ResolvedNumber } from './parse-number.ts';

export const CORE_TAG = 'tag:yaml.org,2002:';
const BINARY = `${CORE_TAG}binary`;
const FLOAT = `${CORE_TAG}float`;
const STR = `${CORE_TAG}str`;
const TIMESTAMP = `${CORE_TAG}timestamp`;
const RESOLVABLE = new Set(['bool', 'int', 'float', 'null', 'timestamp', 'str'].map((name) => CORE_TAG + name));

/** What a scalar is: a boolean, null, a number, or text. */
export type Resolved = boolean | null | ResolvedNumber | string;

const WORDS = new Map<string, Resolved>([
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
]);
for (const word of ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']) WORDS.set(word, true);
for (const word of ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']) WORDS.set(word, false);
for (const word of ['.nan', '.NaN', '.NAN']) WORDS.set(word, { type: 'float', literal: 'NaN', value: NaN });
for (const word of ['.inf', '.Inf', '.INF']) {
  const infinite = { type: 'float', literal: '+Inf', value: Infinity } as const;
  WORDS.set(word, infinite);
  WORDS.set(`+${word}`, infinite);
  WORDS.set(`-${word}`, { type: 'float', literal: '-Inf', value: -Infinity });
}

/** By its first character, what a plain scalar might be: 0 text, 1 a word of the table, 2 a number or a word. */
const HINTS = new Uint8Array(128);
for (const letter of 'yYnNtTfFoO~') HINTS[letter.charCodeAt(0)] = 1;
for (const letter of '+-.0123456789') HINTS[letter.charCodeAt(0)] = 2;

/** Whether a plain scalar is text for certain, going by its first character. */
export function isSurelyText(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 128 || HINTS[code] === 0;
}

/** What a plain scalar without a tag is (mirrors go.yaml.in/yaml/v2, resolve.go). */
export function resolvePlain(text: string): Resolved {
  if (isSurelyText(text)) return text;
  if (text.length <= 5) {
    const word = WORDS.get(text);
    if (word !== undefined) return word;
  }
  if (HINTS[text.charCodeAt(0)] !== 2) return text;
  return parseNumber(text) ?? text;
}

/** What a scalar with a (long) tag is; throws the failure of `cannot decode` and of bad base64. */
export function resolveTagged(text: string, tag: string, at: number): Resolved {
  if (tag === BINARY) {
    const decoded = decodeBase64(text);
    if (decoded === undefined) throw new YamlFailure('decode', 'yaml: !!binary value contains invalid base64 data', at);
    return decoded;
  }
  if (tag === STR || !RESOLVABLE.has(tag)) return text;
  const resolved = resolvePlain(text);
  const name = tagOf(resolved, text);
  if (tag === CORE_TAG + name) return resolved;
  if (tag === FLOAT && name === 'int' && typeof resolved === 'object' && resolved?.type === 'int') {
    return { type: 'float', literal: String(resolved.value), value: resolved.value };
  }
  const wanted = tag.slice(CORE_TAG.length);
  throw new YamlFailure('decode', `yaml: cannot decode !!${name} \`${text}\` as a !!${wanted}`, at);
}

function tagOf(resolved: Resolved, text: string): string {
  if (resolved === null) return 'null';
  if (typeof resolved === 'boolean') return 'bool';
  if (typeof resolved === 'string') return isTimestamp(text) ? TIMESTAMP.slice(CORE_TAG.length) : 'str';
  return resolved.type === 'float' ? 'float' : 'int';
}
