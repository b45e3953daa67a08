import type { SourceFile } from '../../../text/source.ts';
import type { Span } from '../../../text/tree.ts';
import { KustomizeFailure, within } from '../failure/kustomize-failure.ts';
import type { Fields, PlacedText } from '../read/decode.ts';
import type { Loader } from '../read/loader.ts';
import { baseName } from '../read/posix-path.ts';

/** One entry of a generated ConfigMap or Secret. */
export interface KeyValue {
  readonly key: string;
  readonly text: string;
  /** What it is made of, if that is not UTF-8. */
  readonly bytes?: Uint8Array;
  /** Where the value, or the file that it is, is written. */
  readonly span: Span;
  /** The entry of the kustomization that took it in. */
  readonly from: Span;
}

/** What a file is to a generator: its place in the text space is asked for when it is needed. */
export interface GeneratorFiles {
  readonly loader: Loader;
  readonly baseOf: (file: SourceFile) => number;
}

/** The entries that a generator takes in: env files, then literals, then files (mirrors kustomize api v0.21.2, kv/kv.go). */
export function readKeyValues(name: string, generator: Fields, files: GeneratorFiles): KeyValue[] {
  const envs = [...generator.texts('envs'), ...(generator.text('env') === '' ? [] : [generator.placed('env')])];
  const all = [
    ...envs.flatMap((env) => within(env.span, 'loading KV pairs: env source files: ', () => readEnvFile(env, files))),
    ...generator
      .texts('literals')
      .map((literal) => within(literal.span, 'loading KV pairs: literal sources: ', () => readLiteral(literal))),
    ...generator
      .texts('files')
      .map((file) => within(file.span, 'loading KV pairs: file sources: ', () => readFile(file, files))),
  ];
  const seen = new Set<string>();
  for (const { key, from } of all) {
    if (seen.has(key)) throw new KustomizeFailure(`configmap ${name} illegally repeats the key \`${key}\``, from);
    seen.add(key);
  }
  return all;
}

function readLiteral({ value, span }: PlacedText): KeyValue {
  const at = value.indexOf('=');
  if (at <= 0) throw new KustomizeFailure(`invalid literal source ${value}, expected key=value`);
  return { key: value.slice(0, at), text: withoutQuotes(value.slice(at + 1)), span, from: span };
}

function withoutQuotes(text: string): string {
  const [first] = text;
  const isQuoted = text.length >= 2 && first === text.at(-1) && (first === '"' || first === "'");
  return isQuoted ? text.slice(1, -1) : text;
}

function readFile({ value: source, span: from }: PlacedText, { loader, baseOf }: GeneratorFiles): KeyValue {
  const { key, path } = parseFileSource(source);
  const file = loader.load(path);
  const start = baseOf(file);
  const span = { start, end: start + file.text.length };
  return { key, text: file.text, span, from, ...(file.bytes === undefined ? {} : { bytes: file.bytes }) };
}

function parseFileSource(source: string): { readonly key: string; readonly path: string } {
  const parts = source.split('=');
  const [key = '', path = ''] = parts;
  if (parts.length === 1) return { key: baseName(source), path: source };
  if (parts.length > 2) throw new KustomizeFailure(`source "${source}" key name or file path contains '='`);
  if (key === '') throw new KustomizeFailure(`missing key name for file path "${path}" in source "${source}"`);
  if (path === '') throw new KustomizeFailure(`missing file path for key name "${key}" in source "${source}"`);
  return { key, path };
}

/** What Go's unicode.IsSpace takes for a blank. */
const BLANKS = /^[\t\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
/** Go's line scanner stops, without a word, at a line of this many bytes. */
const LONGEST_LINE = 65_536;

function readEnvFile({ value: path, span: from }: PlacedText, { loader, baseOf }: GeneratorFiles): KeyValue[] {
  const file = loader.load(path);
  if (file.bytes !== undefined) throw new KustomizeFailure(`${path} has invalid utf8 bytes`);
  const base = baseOf(file);
  const found: KeyValue[] = [];
  let offset = 0;
  for (const [index, whole] of file.text.split('\n').entries()) {
    const start = base + offset;
    offset += whole.length + 1;
    if (new TextEncoder().encode(whole).length >= LONGEST_LINE) break;
    const raw = whole.replace(/\r$/, '');
    const line = (index === 0 ? raw.replace(/^\ufeff/, '') : raw).replace(BLANKS, '');
    if (line === '' || line.startsWith('#')) continue;
    const at = line.indexOf('=');
    const key = at < 0 ? line : line.slice(0, at);
    if (key === '') continue;
    const text = at < 0 ? '' : line.slice(at + 1);
    found.push({ key, text, span: { start: start + raw.length - text.length, end: start + raw.length }, from });
  }
  return found;
}
