import type { ManifestObject } from '../../model/object.ts';
import { directoryOf } from '../../text/directory-of.ts';
import { isPutTogether, lineColumn } from '../../text/position.ts';
import type { Problem } from '../../text/source.ts';
import { child, locate, type Span } from '../../text/tree.ts';
import { sameMeaning } from './same-meaning.ts';

/**
 * Problems about linted manifests that another of the same identity replaces. In one file that is a mistake, each is reported. In different
 * files of a directory it may be meant, as alternatives: one report for each pair of files, and no louder than information. Copies that say the
 * same in different files are left out: applying both is harmless, and release bundles repeat their parts so. What different directories or
 * kustomizations hold is applied by different commands.
 */
export function duplicateProblems(
  superseded: readonly ManifestObject[],
  supersededBy: ReadonlyMap<ManifestObject, ManifestObject>,
  context: ReadonlySet<ManifestObject>,
): Problem[] {
  const problems: Problem[] = [];
  const pairs = new Map<string, { object: ManifestObject; winner: ManifestObject; more: number }>();
  for (const object of superseded) {
    const winner = supersededBy.get(object);
    if (winner === undefined || context.has(object) || [object, winner].some(isPlacedBySelector)) continue;
    if (winner.document.file === object.document.file) {
      problems.push(sameFile(object, winner));
      continue;
    }
    const [file, other] = [object.document.file, winner.document.file];
    if (isPutTogether(file) || isPutTogether(other) || directoryOf(file.path) !== directoryOf(other.path)) continue;
    if ((object.copyOf ?? object) === (winner.copyOf ?? winner) || sameMeaning(object.node, winner.node)) continue;
    const pair = `${file.path}\n${other.path}`;
    const known = pairs.get(pair);
    if (known === undefined) pairs.set(pair, { object, winner, more: 0 });
    else known.more++;
  }
  for (const { object, winner, more } of pairs.values()) problems.push(otherFile(object, winner, more));
  return problems;
}

function sameFile(object: ManifestObject, winner: ManifestObject): Problem {
  return {
    rule: 'duplicate-object',
    file: object.document.file,
    span: nameOf(object),
    message: `${object.kind} \`${object.name}\` is defined again in this file, ${written(object, winner)}, which replaces this one`,
    hint: 'keep one of them',
  };
}

function otherFile(object: ManifestObject, winner: ManifestObject, more: number): Problem {
  const { path } = winner.document.file;
  const others = more === 0 ? '' : ` (and ${more} more object${more === 1 ? '' : 's'} of this file)`;
  const place = `${path}, ${written(object, winner)}`;
  return {
    rule: 'duplicate-object',
    file: object.document.file,
    span: nameOf(object),
    message: `${object.kind} \`${object.name}\` is defined differently in ${place}${others}; if both files are applied, that one replaces this one`,
    hint: 'keep one of them, or list the files under `clusters` if they belong to different clusters',
    atMost: 'info',
  };
}

function nameOf(object: ManifestObject): Span {
  return locate(object.node, ['metadata', 'name']);
}

/** Where the other one stands, and in which API version if that differs. */
function written(object: ManifestObject, winner: ManifestObject): string {
  const { line } = lineColumn(winner.document.file, winner.node.start);
  return `line ${line}${winner.apiVersion === object.apiVersion ? '' : ` as ${winner.apiVersion}`}`;
}

/** Config Sync puts an object only into the namespaces or clusters that a selector of its annotations finds (cloud.google.com, “Configure namespaces and namespace-scoped objects”). */
function isPlacedBySelector({ node }: ManifestObject): boolean {
  const metadata = child(node, 'metadata');
  const annotations = metadata?.type === 'map' ? child(metadata, 'annotations') : undefined;
  return annotations?.type === 'map' && annotations.entries.some(({ key }) => PLACING.test(key));
}

const PLACING = /^configmanagement\.gke\.io\/(?:namespace-selector|cluster-selector|cluster-name-selector)$/;
