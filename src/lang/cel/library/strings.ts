import { goTrim } from '../../go-trim.ts';
import { DYN, INT, listType, STRING } from '../types/cel-type.ts';
import { ArrayList, keyText } from '../values/collections.ts';
import { charactersOf } from '../values/text.ts';
import { CelError, CelList, noSuchOverload, type Value } from '../values/value.ts';
import { fn, type FunctionDecl, member, overload, type Run } from './declare.ts';
import { formatString } from './format-string.ts';

const TEXTS = listType(STRING);
const QUOTED: Readonly<Record<string, string>> = {
  '\x07': String.raw`\a`,
  '\b': String.raw`\b`,
  '\f': String.raw`\f`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
  '\v': String.raw`\v`,
  '\\': String.raw`\\`,
  '"': String.raw`\"`,
};

interface Args {
  readonly texts: readonly string[];
  readonly ints: readonly number[];
}

/** A function of texts and ints, which come apart and in order; ints beyond 2^53 lose digits, but no text is that long. */
function on(run: (args: Args) => Value): Run {
  return (...args) => {
    const texts: string[] = [];
    const ints: number[] = [];
    for (const arg of args) {
      if (typeof arg === 'string') texts.push(arg);
      else if (typeof arg === 'bigint') ints.push(Number(arg));
      else return noSuchOverload();
    }
    return run({ texts, ints });
  };
}

/** cel-go's string functions, version 2. Mirrors ext/strings.go. */
export const STRING_FUNCTIONS: readonly FunctionDecl[] = [
  fn('charAt', member('string_char_at_int', [STRING, INT], STRING, on(charAt))),
  fn(
    'indexOf',
    member('string_index_of_string', [STRING, STRING], INT, on(indexOf)),
    member('string_index_of_string_int', [STRING, STRING, INT], INT, on(indexOf)),
  ),
  fn(
    'lastIndexOf',
    member('string_last_index_of_string', [STRING, STRING], INT, on(lastIndexOf)),
    member('string_last_index_of_string_int', [STRING, STRING, INT], INT, on(lastIndexOf)),
  ),
  fn(
    'lowerAscii',
    member(
      'string_lower_ascii',
      [STRING],
      STRING,
      on(({ texts: [text = ''] }) => lower(text)),
    ),
  ),
  fn(
    'replace',
    member('string_replace_string_string', [STRING, STRING, STRING], STRING, on(replace)),
    member('string_replace_string_string_int', [STRING, STRING, STRING, INT], STRING, on(replace)),
  ),
  fn(
    'split',
    member('string_split_string', [STRING, STRING], TEXTS, on(split)),
    member('string_split_string_int', [STRING, STRING, INT], TEXTS, on(split)),
  ),
  fn(
    'substring',
    member('string_substring_int', [STRING, INT], STRING, on(substring)),
    member('string_substring_int_int', [STRING, INT, INT], STRING, on(substring)),
  ),
  fn(
    'trim',
    member(
      'string_trim',
      [STRING],
      STRING,
      on(({ texts: [text = ''] }) => goTrim(text)),
    ),
  ),
  fn(
    'upperAscii',
    member(
      'string_upper_ascii',
      [STRING],
      STRING,
      on(({ texts: [text = ''] }) => upper(text)),
    ),
  ),
];

/** What version 1 of them added, and how version 2 joins. */
export const LATER_STRING_FUNCTIONS: readonly FunctionDecl[] = [
  {
    ...fn(
      'format',
      member('string_format', [STRING, listType(DYN)], STRING, (text = null, args = null) =>
        typeof text === 'string' && args instanceof CelList ? formatString(text, args) : noSuchOverload(),
      ),
    ),
    stepwise: true,
  },
  fn(
    'strings.quote',
    overload(
      'strings_quote',
      [STRING],
      STRING,
      on(({ texts: [text = ''] }) => quote(text)),
    ),
  ),
];

export const JOIN_FUNCTION: FunctionDecl = fn(
  'join',
  member('list_join', [TEXTS], STRING, (list = null) => join(list, '')),
  member('list_join_string', [TEXTS, STRING], STRING, join),
);

function join(list: Value = null, separator: Value = null): Value {
  if (!(list instanceof CelList) || typeof separator !== 'string') return noSuchOverload();
  const texts: string[] = [];
  for (const item of list) {
    if (typeof item !== 'string') return new CelError(`join: invalid input: ${keyText(item)}`);
    texts.push(item);
  }
  return texts.join(separator);
}

function outOfRange(index: number): CelError {
  return new CelError(`index out of range: ${index}`);
}

function charAt({ texts: [text = ''], ints: [at = 0] }: Args): Value {
  const characters = charactersOf(text);
  return at < 0 || at > characters.length ? outOfRange(at) : (characters[at] ?? '');
}

function indexOf({ texts: [text = '', part = ''], ints: [from = 0] }: Args): Value {
  if (from < 0) return outOfRange(from);
  const characters = charactersOf(text);
  if (part === '') return BigInt(Math.min(from, characters.length));
  if (from >= characters.length) return -1n;
  const found = characters.slice(from).join('').indexOf(part);
  return found < 0 ? -1n : BigInt(from + charactersOf(characters.slice(from).join('').slice(0, found)).length);
}

function lastIndexOf({ texts: [text = '', part = ''], ints: [written] }: Args): Value {
  const characters = charactersOf(text);
  if (written === undefined && part !== '' && text.length < part.length) return -1n;
  const from = written ?? (part === '' ? characters.length : characters.length - 1);
  if (from < 0) return outOfRange(from);
  if (part === '') return BigInt(Math.min(from, characters.length));
  if (from >= characters.length) return -1n;
  const length = charactersOf(part).length;
  const upTo = characters.slice(0, Math.min(from, characters.length - length) + length).join('');
  const found = upTo.lastIndexOf(part);
  return found < 0 ? -1n : BigInt(charactersOf(upTo.slice(0, found)).length);
}

function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function upper(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

function replace({ texts: [text = '', old = '', fresh = ''], ints: [limit = -1] }: Args): Value {
  const parts = old === '' ? ['', ...charactersOf(text), ''] : text.split(old);
  const count = limit < 0 ? parts.length - 1 : Math.min(limit, parts.length - 1);
  return [...parts.slice(0, count), parts.slice(count).join(old)].join(fresh);
}

function split({ texts: [text = '', separator = ''], ints: [limit = -1] }: Args): Value {
  if (limit === 0) return new ArrayList([]);
  const parts = separator === '' ? charactersOf(text) : text.split(separator);
  if (limit < 0 || parts.length <= limit) return new ArrayList(parts);
  return new ArrayList([...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)]);
}

function substring({ texts: [text = ''], ints: [start = 0, written] }: Args): Value {
  const characters = charactersOf(text);
  const end = written ?? characters.length;
  if (written !== undefined && start > end)
    return new CelError(`invalid substring range. start: ${start}, end: ${end}`);
  if (start < 0 || start > characters.length) return outOfRange(start);
  if (end < 0 || end > characters.length) return outOfRange(end);
  return characters.slice(start, end).join('');
}

function quote(text: string): string {
  let quoted = '';
  for (const character of text) quoted += QUOTED[character] ?? character;
  return `"${quoted}"`;
}
