import { looksLikeJson, splitChunks } from './chunks.ts';
import { forbiddenCharacters } from './forbidden.ts';
import { type Forbidden } from './invalid-utf8.ts';
import type { JsonError } from './json/failure.ts';
import { readJson, type JsonReading } from './json/read-json.ts';
import { readJsonStream } from './json-stream.ts';
import { jsonProblem, separatorProblem, tooDeep, yamlProblems } from './problems.ts';
import type { Problem, SourceDocument, SourceFile } from './source.ts';
import type { Span, Tree } from './tree.ts';
import { readUtf16 } from './utf16.ts';
import { readYaml, type YamlReading } from './yaml/read-yaml.ts';

/** The documents of a file, and what is wrong with the file besides: places where reading stopped, and text that is in no document. */
export interface FileReading {
  readonly documents: readonly SourceDocument[];
  readonly problems: readonly Problem[];
}

/** Later rooms walk trees by recursion; no object of Kubernetes nests nearly as deep. */
const MAX_HEIGHT = 1000;

/** How far into a file kubectl looks for the brace that makes it JSON. */
const JSON_REACH = 4096;

/**
 * The documents of a file as kubectl reads them: JSON values one after another if the file begins with `{`, else, or where that fails
 * early, YAML cut at its `---` lines (mirrors k8s.io/apimachinery v0.37.2, pkg/util/yaml, YAMLOrJSONDecoder). Where kubectl gives up at a
 * broken document, the later ones are read all the same; nothing is read behind an invalid separator or broken JSON.
 */
export function readDocuments(file: SourceFile): FileReading {
  const text = withFinalBreak(file.text);
  const forbidden = forbiddenCharacters(file);
  const documents: SourceDocument[] = [];
  let from = 0;
  let jsonError: JsonError | undefined;
  if (looksLikeJson(text, 0, Math.min(text.length, JSON_REACH))) {
    const stream = readJsonStream(file.text);
    for (const { root, height, start, end } of stream.values) {
      documents.push(jsonDocument(file, documents.length, { start, end }, root, height));
    }
    if (stream.yamlFrom === undefined) {
      return { documents, problems: stream.error === undefined ? [] : [jsonProblem(file, stream.error)] };
    }
    from = stream.yamlFrom;
    jsonError = stream.error;
  }
  const { chunks, error } = splitChunks(text, from);
  for (const chunk of chunks) {
    const reading = readUtf16(file, chunk) ?? readYaml(text, chunk.start, chunk.end, firstIn(forbidden, chunk));
    const document = yamlDocument(file, text, chunk, documents.length, reading);
    // What is neither JSON nor YAML was meant to be JSON.
    const meantAsJson = document.root === undefined ? jsonError : undefined;
    documents.push(meantAsJson ? { ...document, problems: [jsonProblem(file, meantAsJson)] } : document);
    jsonError = undefined;
  }
  return { documents, problems: error === undefined ? [] : [separatorProblem(file, error)] };
}

function jsonDocument(file: SourceFile, index: number, span: Span, root: Tree, height: number): SourceDocument {
  const deep = height > MAX_HEIGHT;
  const problems = deep ? [tooDeep(file, root, MAX_HEIGHT)] : [];
  return { file, index, format: 'json', span, root: deep ? undefined : root, problems };
}

function yamlDocument(
  file: SourceFile,
  text: string,
  chunk: Span,
  index: number,
  reading: YamlReading,
): SourceDocument {
  const span = { start: chunk.start, end: Math.min(chunk.end, file.text.length) };
  const { root, height } = reading;
  if (root !== undefined && height > MAX_HEIGHT) {
    return { file, index, format: 'yaml', span, root: undefined, problems: [tooDeep(file, root, MAX_HEIGHT)] };
  }
  return { file, index, format: 'yaml', span, root, problems: yamlProblems(file, text, span, reading) };
}

/** The line reader in front of the parser gives the last line a line feed, too; behind a CR it makes no difference. */
function withFinalBreak(text: string): string {
  return text === '' || text.endsWith('\n') || text.endsWith('\r') ? text : `${text}\n`;
}

function firstIn(forbidden: readonly Forbidden[], { start, end }: Span): Forbidden | undefined {
  let low = 0;
  let high = forbidden.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((forbidden[middle]?.offset ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const first = forbidden[low];
  return first !== undefined && first.offset < end ? first : undefined;
}

/** A chunk of a file as the API server would read it, sent as the body of a request. */
export interface Body {
  /** The text that `span` and the readings' spans count in: the file's, with a line feed at its end. */
  readonly source: string;
  readonly span: Span;
  /** The chunk as the line reader passes it on: lines end with LF. */
  readonly text: string;
  /** What YAMLToJSON makes of it, be it YAML or JSON. */
  readonly yaml: YamlReading;
  /** What the JSON decoder makes of it; only of a body that begins with `{`, for which the server uses it. */
  readonly json: JsonReading | undefined;
}

/**
 * The chunks of a file as request bodies, whatever the file begins with, and the message at which splitting stopped, if it did: what
 * a client that splits by `---` sends.
 */
export function readBodies(file: SourceFile): { readonly bodies: readonly Body[]; readonly error: string | undefined } {
  const text = withFinalBreak(file.text);
  const forbidden = forbiddenCharacters(file);
  const { chunks, error } = splitChunks(text);
  const bodies = chunks.map((span): Body => {
    const { start, end } = span;
    const json = looksLikeJson(text, start, end) ? readJson(text, start, end, 'body') : undefined;
    const yaml = readUtf16(file, span) ?? readYaml(text, start, end, firstIn(forbidden, span));
    return { source: text, span, text: passedOn(file.text.slice(start, end)), yaml, json };
  });
  return { bodies, error: error?.message };
}

/** A chunk as the line reader passes it on. */
function passedOn(chunk: string): string {
  const lines = chunk.replaceAll('\r\n', '\n');
  return chunk.endsWith('\n') ? lines : `${lines}\n`;
}
