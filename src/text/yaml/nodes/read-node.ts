import { forbiddenCharacters } from '../../forbidden.ts';
import type { Span } from '../../tree.ts';
import { compose } from '../compose.ts';
import { YamlFailure, failureMessage } from '../scan/failure.ts';
import { scan } from '../scan/fetch.ts';
import { attachComments } from './attach-comments.ts';
import { NodeBuilder } from './node-builder.ts';
import type { YamlNode } from './yaml-node.ts';

/** The document of a text, or why there is none; neither where the text holds no document at all. */
export interface NodeReading {
  readonly node?: YamlNode;
  readonly error?: { readonly message: string; readonly span: Span };
}

/** Nodes are walked by recursion. */
const MAX_HEIGHT = 1000;

/** The first document in `text` from `begin` to `end` as go-yaml v3's decoder keeps it in nodes (go.yaml.in/yaml/v3 v3.0.5). */
export function readNode(text: string, begin: number, end: number): NodeReading {
  const ended = end > begin && text.charCodeAt(end - 1) === 0x0a ? text : `${text.slice(0, end)}\n`;
  const limit = ended === text ? end : end + 1;
  const [forbidden] = forbiddenCharacters({ path: '', text: text.slice(begin, end) });
  if (forbidden !== undefined) {
    const start = begin + forbidden.offset;
    return { error: { message: `yaml: ${forbidden.problem}`, span: { start, end: start + 1 } } };
  }
  const scanner = scan(ended, begin, limit);
  scanner.comments = [];
  const builder = new NodeBuilder(ended, scanner.begin);
  try {
    compose(scanner, builder);
    if (builder.height > MAX_HEIGHT) throw new YamlFailure('parse', `exceeded max depth of ${MAX_HEIGHT}`, begin);
  } catch (error) {
    if (!(error instanceof YamlFailure)) throw error;
    const start = Math.min(error.span?.start ?? error.at, end);
    const span = { start, end: Math.min(Math.max(error.span?.end ?? start + 1, start), end) };
    return { error: { message: failureMessage(ended, scanner.begin, error), span } };
  }
  if (builder.root === undefined) return {};
  if (ended !== text) dropAddedBreak(builder.root, end);
  attachComments(builder.root, ended, scanner.comments);
  return { node: builder.root };
}

/** A block that ends with the text, without a line break, has none at its end, however its line breaks are kept. */
function dropAddedBreak(node: YamlNode, end: number): void {
  if (node.style === 'literal' || node.style === 'folded') {
    if (node.end === end && node.value.endsWith('\n')) node.value = node.value.slice(0, -1);
  }
  const last = node.content.at(-1);
  if (last !== undefined) dropAddedBreak(last, end);
}
