import type { ManifestObject } from '../model/object.ts';
import { lineColumn } from '../text/position.ts';
import type { Problem } from '../text/source.ts';
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
    const { line } = lineColumn(winner.document.file, winner.node.start);
    const where = sameFile ? `again in this file, line ${line}` : `differently in ${other}, line ${line}`;
    const version = winner.apiVersion === object.apiVersion ? '' : ` as ${winner.apiVersion}`;
    problems.push({
      rule: 'duplicate-object',
      file,
      span: locate(object.node, ['metadata', 'name']),
      message: `${object.kind} \`${object.name}\` is written ${where}${version}; where both are applied, that one replaces this one`,
      hint: 'keep one of them, or tell k8sec with `clusters` that they belong to different clusters',
    });
  }
  return problems;
}
