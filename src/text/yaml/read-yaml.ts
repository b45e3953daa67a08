import { decodedUpTo } from '../forbidden.ts';
import type { Forbidden } from '../invalid-utf8.ts';
import { sameTree } from '../same-tree.ts';
import type { Span, Tree } from '../tree.ts';
import { compose } from './compose.ts';
import type { CollidingKey, DuplicateKey } from './duplicate-key.ts';
import { YamlFailure, failureMessage } from './scan/failure.ts';
import { scan } from './scan/fetch.ts';
import type { Scanner } from './scan/scanner.ts';
import type { IgnoredTag } from './ignored-tags.ts';
import { TreeBuilder } from './tree-builder.ts';

/** Why a document was refused: the server's text (its line counts from the start of the document) and the place. */
export interface YamlError {
  readonly message: string;
  readonly span: Span;
}

/** What one chunk of YAML holds: `root`, or the `error` for which the server refuses it. */
export interface YamlReading {
  readonly root: Tree | undefined;
  readonly error: YamlError | undefined;
  readonly duplicates: readonly DuplicateKey[];
  /** Keys whose values differ and between which the server chooses by chance; the later one stands in `root`. */
  readonly collisions: readonly CollidingKey[];
  readonly ignoredTags: readonly IgnoredTag[];
  /** Where the first document of the chunk ends. The rest is not looked at, except by the scanner's look-ahead. */
  readonly end: number;
  /** How deep collections nest, aliases followed. */
  readonly height: number;
}

/** Values are compared by recursion, which must end before the stack does. */
const COMPARED_HEIGHT = 1000;

/**
 * Reads the YAML document in `text` from `begin` to `end`, a chunk of lines that ends with a line break: what sigs.k8s.io/yaml's
 * YAMLToJSON makes of it (v1.6.0, on go.yaml.in/yaml/v2), as a tree with spans. `forbidden` is the first forbidden character there,
 * if any. Never throws for what it reads; time and memory are linear, depth costs no stack.
 */
export function readYaml(text: string, begin: number, end: number, forbidden?: Forbidden): YamlReading {
  const scanner = scan(text, begin, end);
  const builder = new TreeBuilder(scanner.begin);
  let stop = end;
  let failure: YamlFailure | undefined;
  try {
    stop = compose(scanner, builder);
  } catch (error) {
    if (!(error instanceof YamlFailure)) throw error;
    failure = error;
  }
  if (forbidden !== undefined && isSeen(forbidden, scanner, begin)) {
    failure = new YamlFailure('read', `yaml: ${forbidden.problem}`, forbidden.offset);
  }
  const { duplicates, tags, height } = builder;
  const collisions = builder.collisions.filter(({ values: [a, b] }) => height > COMPARED_HEIGHT || !sameTree(a, b));
  const found = builder.root ?? { type: 'null', start: begin, end: begin };
  failure ??= builder.failure ?? refusedByJson(found, builder);
  const root = failure === undefined ? found : undefined;
  const error = failure === undefined ? undefined : errorOf(text, scanner.begin, end, failure);
  return { root, error, duplicates, collisions, ignoredTags: tags.found, end: stop, height };
}

/** Whether go-yaml has decoded a forbidden character by the time its scanner stops. */
function isSeen({ offset, utf16 }: Forbidden, { text, position, end }: Scanner, begin: number): boolean {
  if (offset >= end) return position + LOOK_AHEAD >= end;
  return offset < decodedUpTo(text, begin, end, position + LOOK_AHEAD, utf16);
}

/** How many characters go-yaml's scanner wants to have decoded beyond the one it reads. */
const LOOK_AHEAD = 3;

/** Constructs that were never closed: the place to look at is where they begin. */
const UNCLOSED = /^found unexpected (?:end of stream|document indicator)/;

function errorOf(text: string, begin: number, end: number, failure: YamlFailure): YamlError {
  const message = failureMessage(text, begin, failure);
  if (failure.span !== undefined) return { message, span: failure.span };
  const { context } = failure;
  const start = Math.min(context !== undefined && UNCLOSED.test(failure.problem) ? context : failure.at, end);
  return { message, span: { start, end: Math.min(start + 1, end) } };
}

/** The values that YAML has and JSON has not, looked for only in what is left once repeated keys are settled. */
function refusedByJson(root: Tree, builder: TreeBuilder): YamlFailure | undefined {
  const { unsupported } = builder;
  if (unsupported.size === 0 && !builder.hasNonFinite) return undefined;
  const seen = new Set<Tree>();
  const queue: Tree[] = [root];
  let nonFinite: YamlFailure | undefined;
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const why = unsupported.get(node);
    if (why !== undefined) return new YamlFailure('decode', `unsupported map key of type: ${why}`, node.start);
    if (node.type === 'number' && /^[-+]?[IN]/.test(node.literal)) {
      nonFinite = new YamlFailure('decode', `json: unsupported value: ${node.literal}`, node.start, undefined, node);
    } else if (node.type === 'map' || node.type === 'list') {
      if (seen.has(node)) continue;
      seen.add(node);
      if (node.type === 'list') for (const item of node.items) queue.push(item);
      else for (const { value } of node.entries) queue.push(value);
    }
  }
  return nonFinite;
}
