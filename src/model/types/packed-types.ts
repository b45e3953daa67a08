import { shortGoName } from './type.ts';
import type { Field, Struct, Type } from './type.ts';

/*
 * The packed form of the schemas, one struct a line:
 *
 *   core.v1.Volume\tname:s =VolumeSource hostPath:*#HostPathVolumeSource? ... image:*#ImageVolumeSource?@31-
 *
 * A line is the struct's name, a tab and its fields. A field is `name:type`, then `?` (omitempty) or `~` (omitzero), then
 * `@since-until` in minors where it did not exist as long as its struct. `=Name` says that the fields after it come from that
 * embedded struct (`=` alone: its own again). A type is a letter for a scalar, `*T` a pointer, `[T` a slice, `{T` a map (`<Key>T` with
 * named keys), `#name` a struct, `(name)T` a named type; names in the struct's own package are written without it. A `!` after the struct's
 * name says that unknown fields are kept.
 */

const SCALARS: Readonly<Record<string, Type>> = {
  s: { kind: 'string', name: '' },
  b: { kind: 'bool', name: '' },
  i: { kind: 'int32', name: '' },
  l: { kind: 'int64', name: '' },
  n: { kind: 'int', name: '' },
  u: { kind: 'uint8', name: '' },
  f: { kind: 'float64', name: '' },
  y: { kind: 'bytes', name: '' },
  J: { kind: 'any', name: '' },
  Q: { kind: 'quantity' },
  I: { kind: 'int-or-string' },
  T: { kind: 'time' },
  M: { kind: 'micro-time' },
  R: { kind: 'raw' },
  F: { kind: 'fields' },
};

const FIRST_MINOR = 0;
const LAST_MINOR = 999;

/** Finds the struct a reference names. */
export type StructNamed = (name: string) => Struct;

/** Reads one packed line into the struct it describes. Throws on a malformed line: that is a fault of the generator. */
export function parseStruct(line: string, structNamed: StructNamed): Struct {
  const tab = line.indexOf('\t');
  const open = line.charCodeAt(tab - 1) === 0x21;
  const name = line.slice(0, open ? tab - 1 : tab);
  const home = name.slice(0, name.lastIndexOf('.') + 1);
  const fields = new Map<string, Field>();
  let via = '';
  if (tab + 1 < line.length) {
    for (const word of line.slice(tab + 1).split(' ')) {
      if (word.startsWith('=')) via = word.slice(1);
      else {
        const field = parseField(word, { home, structNamed }, via);
        const other = fields.get(field.name);
        fields.set(field.name, other === undefined ? field : { ...field, other });
      }
    }
  }
  return { name, fields, open };
}

interface Context {
  readonly home: string;
  readonly structNamed: StructNamed;
}

function parseField(word: string, context: Context, via: string): Field {
  const colon = word.indexOf(':');
  const at = word.indexOf('@', colon);
  let end = at < 0 ? word.length : at;
  const mark = word.charAt(end - 1);
  const omit = mark === '?' ? 'empty' : mark === '~' ? 'zero' : 'never';
  if (omit !== 'never') end--;
  let since = FIRST_MINOR;
  let until = LAST_MINOR;
  if (at >= 0) {
    const dash = word.indexOf('-', at);
    if (dash > at + 1) since = Number(word.slice(at + 1, dash));
    if (dash + 1 < word.length) until = Number(word.slice(dash + 1));
  }
  return {
    name: word.slice(0, colon),
    type: parseType(word.slice(colon + 1, end), context),
    since,
    until,
    omit,
    via,
    other: undefined,
  };
}

const parsed = new Map<string, Type>();

function parseType(text: string, context: Context): Type {
  const scalar = SCALARS[text];
  if (scalar !== undefined) return scalar;
  const key = context.home + text;
  let type = parsed.get(key);
  if (type === undefined) {
    type = parseCompound(text, context);
    parsed.set(key, type);
  }
  return type;
}

function parseCompound(text: string, context: Context): Type {
  const { home, structNamed } = context;
  switch (text.charAt(0)) {
    case '*': {
      const to = parseType(text.slice(1), context);
      if (to.kind === 'pointer') break;
      return { kind: 'pointer', to };
    }
    case '[':
      return { kind: 'slice', of: parseType(text.slice(1), context), name: '' };
    case '{':
      return { kind: 'map', key: 'string', of: parseType(text.slice(1), context), name: '' };
    case '<': {
      const close = text.indexOf('>');
      const key = shortGoName(qualified(text.slice(1, close), home));
      return { kind: 'map', key, of: parseType(text.slice(close + 1), context), name: '' };
    }
    case '#':
      return reference(qualified(text.slice(1), home), structNamed);
    case '(': {
      const close = text.indexOf(')');
      const of = parseType(text.slice(close + 1), context);
      if (!('name' in of) || of.kind === 'struct') break;
      return { ...of, name: shortGoName(qualified(text.slice(1, close), home)) };
    }
  }
  throw new Error(`malformed packed type ${text}`);
}

function qualified(name: string, home: string): string {
  return name.includes('.') ? name : home + name;
}

function reference(name: string, structNamed: StructNamed): Type {
  let struct: Struct | undefined;
  return { kind: 'struct', name, resolve: () => (struct ??= structNamed(name)) };
}
