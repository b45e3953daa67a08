import type { ManifestObject } from '../model/object.ts';
import type { Problem, SourceFile } from '../text/source.ts';
import { locate } from '../text/tree.ts';
import { sameTree } from './same-tree.ts';

/**
 * One problem for each linted manifest that another of the same identity replaces. Copies that say the same in different files are left
 * out: applying both is harmless, and release bundles repeat their parts so.
 */
export function duplicateProblems(
  superseded: readonly ManifestObject[],
  supersededBy: ReadonlyMap<ManifestObject, ManifestObject>,
  context: ReadonlySet<ManifestObject>,
): Problem[] {
  const problems: Problem[] = [];
  for (const object of superseded) {
    const winner = supersededBy.get(object);
    if (winner === undefined || context.has(object)) continue;
    const { file } = object.document;
    const sameFile = winner.document.file === file;
    if (!sameFile && sameTree(object.node, winner.node)) continue;
    const other = winner.document.file.path;
    const where = sameFile
      ? `again in this file, line ${lineOf(winner)}`
      : `differently in ${other}, line ${lineOf(winner)}`;
    const version = winner.apiVersion === object.apiVersion ? '' : ` as ${winner.apiVersion}`;
    problems.push({
      rule: 'duplicate-object',
      file,
      span: locate(object.node, ['metadata', 'name']),
      message: `${object.kind} \`${object.name}\` is written ${where}${version}; applied in file order, that one replaces this one`,
      hint: 'keep one of them, or tell k8sec with `clusters` that they belong to different clusters',
    });
  }
  return problems;
}

const lineStarts = new WeakMap<SourceFile, readonly number[]>();

/** The 1-based line that an object starts on. */
function lineOf(object: ManifestObject): number {
  const { file } = object.document;
  let starts = lineStarts.get(file);
  if (starts === undefined) lineStarts.set(file, (starts = startsOfLines(file.text)));
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= object.node.start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
