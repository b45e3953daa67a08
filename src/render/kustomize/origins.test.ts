import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sourceAt } from '../../text/position.ts';
import type { SourceFile } from '../../text/source.ts';
import type { Tree } from '../../text/tree.ts';
import { readNode } from '../../text/yaml/nodes/read-node.ts';
import { scalarValue } from './node/values.ts';
import type { FileTree } from './read/loader.ts';
import { joinPath } from './read/posix-path.ts';
import { renderKustomization, type RenderedDocument } from './render-kustomization.ts';

interface Vector {
  readonly case: {
    readonly id: string;
    readonly files: Readonly<Record<string, string>>;
    readonly filesBase64?: Readonly<Record<string, string>>;
    readonly root: string;
    readonly options?: { readonly loadRestrictor?: string; readonly reorder?: string };
  };
  readonly verdict: { readonly origins?: readonly { readonly origin?: { readonly path?: string } }[] };
}

const packed = readFileSync(new URL('../../../fixtures/conformance/kustomize.jsonl.gz', import.meta.url));
const VECTORS = gunzipSync(packed)
  .toString('utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Vector);

function treeOf({ files, filesBase64 = {} }: Vector['case']): FileTree {
  const byPath = new Map<string, SourceFile>();
  for (const [path, text] of Object.entries(files)) byPath.set(path, { path, text });
  for (const [path, encoded] of Object.entries(filesBase64)) {
    const bytes = Buffer.from(encoded, 'base64');
    byPath.set(path, { path, text: bytes.toString('latin1'), bytes });
  }
  return {
    file: (path) => byPath.get(path),
    isDirectory: (path) => [...byPath.keys()].some((each) => each.startsWith(path === '/' ? '/' : `${path}/`)),
  };
}

type Leaf = Exclude<Tree, { type: 'map' | 'list' }>;

function leavesOf(tree: Tree): Leaf[] {
  if (tree.type === 'map') return tree.entries.flatMap(({ value }) => leavesOf(value));
  return tree.type === 'list' ? tree.items.flatMap(leavesOf) : [tree];
}

/** Whether the text at a leaf's place is its value, read by itself. */
function isWritten({ file }: RenderedDocument, leaf: Leaf): boolean {
  const { file: source, span } = sourceAt(file, leaf);
  const text = source.text.slice(span.start, span.end);
  const value = leaf.type === 'null' ? 'null' : leaf.type === 'number' ? leaf.literal : String(leaf.value);
  if (text === value || text.includes(value)) return true;
  // In JSON patches the words of YAML 1.1 are booleans.
  if (leaf.type === 'boolean' && /^(?:y|n|yes|no|on|off)$/i.test(text)) return true;
  const { node } = readNode(text, 0, text.length);
  const read = node?.kind === 'scalar' ? scalarValue(node) : undefined;
  const printed = typeof read === 'object' && read !== null ? read.literal : String(read);
  const squeeze = (each: string): string => each.replace(/\s+/g, '');
  return printed === value || squeeze(text).includes(squeeze(value));
}

test('values of documents are written where they say, or say what made them', () => {
  let all = 0;
  const lost: string[] = [];
  for (const { case: each, verdict } of VECTORS) {
    const { root, options } = each;
    const rendering = renderKustomization(treeOf(each), root, {
      isUnrestricted: options?.loadRestrictor === 'LoadRestrictionsNone',
      ...(options?.reorder === 'none' ? { reorder: 'none' } : {}),
    });
    for (const [index, document] of rendering.documents.entries()) {
      if (document.root === undefined) continue;
      const files = new Set<string>();
      for (const leaf of leavesOf(document.root)) {
        all++;
        const causes = document.causes.get(leaf) ?? [];
        for (const span of [leaf, ...causes]) files.add(sourceAt(document.file, span).file.path);
        if (!isWritten(document, leaf) && causes.length === 0 && leaf.end > leaf.start)
          lost.push(`${each.id} ${JSON.stringify(leaf)}`);
      }
      // The real tool says which file an object comes from: some value of it must, too.
      const path = verdict.origins?.[index]?.origin?.path;
      if (path !== undefined) expect([each.id, ...files]).toContain(joinPath(root, path));
    }
  }
  expect(all).toBeGreaterThan(10_000);
  expect(lost).toEqual([]);
});
