import { looksLikeJson, splitChunks } from './chunks.ts';
import { forbiddenCharacters, type Forbidden } from './forbidden.ts';
import { readJson, type JsonReading } from './json/read-json.ts';
import { readJsonStream } from './json-stream.ts';
import { jsonProblem, separatorProblem, tooDeep, yamlProblems } from './problems.ts';
import type { Problem, SourceDocument, SourceFile } from './source.ts';
import type { Span, Tree } from './tree.ts';
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
  if (looksLikeJson(text, 0, Math.min(text.length, JSON_REACH))) {
    const stream = readJsonStream(file.text);
    for (const { root, height, start, end } of stream.values) {
      documents.push(jsonDocument(file, documents.length, { start, end }, root, height));
    }
    if (stream.error !== undefined && stream.yamlFrom === undefined) {
      return { documents, problems: [jsonProblem(file, stream.error)] };
    }
    if (stream.yamlFrom === undefined) return { documents, problems: [] };
    from = stream.yamlFrom;
  }
  const { chunks, error } = splitChunks(text, from);
  for (const chunk of chunks)
    documents.push(yamlDocument(file, text, chunk, documents.length, firstIn(forbidden, chunk)));
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
  forbidden: Forbidden | undefined,
): SourceDocument {
  const reading = readYaml(text, chunk.start, chunk.end, forbidden);
  const span = { start: chunk.start, end: Math.min(chunk.end, file.text.length) };
  const { root, height } = reading;
  if (root !== undefined && height > MAX_HEIGHT) {
    return { file, index, format: 'yaml', span, root: undefined, problems: [tooDeep(file, root, MAX_HEIGHT)] };
  }
  return { file, index, format: 'yaml', span, root, problems: yamlProblems(file, text, span, reading) };
}

/** The line reader in front of the parser gives the last line a line feed, too. */
function withFinalBreak(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function firstIn(forbidden: readonly Forbidden[], { start, end }: Span): Forbidden | undefined {
  if (forbidden.length === 0) return undefined;
  return forbidden.find(({ offset }) => offset >= start && offset < end);
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
    const yaml = readYaml(text, start, end, firstIn(forbidden, span));
    return { source: text, span, text: text.slice(start, end).replaceAll('\r\n', '\n'), yaml, json };
  });
  return { bodies, error: error?.message };
}
