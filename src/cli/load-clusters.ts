import { unknownFields } from '../ask/unknown-fields.ts';
import { type Cluster, load, type LoadedTree } from '../ask/load.ts';
import { UsageError } from '../ask/values/usage-error.ts';
import { readTree } from '../node/read-tree.ts';
import { demandObjects, type InputOptions, treeRequest } from './input-options.ts';
import type { Io } from './io.ts';

/** Reads manifests for a command that asks about clusters. Refuses a tree without objects. */
export async function loadClusters(paths: readonly string[], options: InputOptions, io: Io): Promise<LoadedTree> {
  const { request, progress } = treeRequest(paths, options, io);
  try {
    const tree = load(await readTree(request));
    demandObjects(tree.counts.objects, tree.counts.files);
    warnAboutUnread(tree, io);
    warnAboutUnknown(tree, io);
    return tree;
  } finally {
    progress.done();
  }
}

/** An answer that rests on half of the manifests must not look like one that rests on all. */
function warnAboutUnread({ notJudged }: LoadedTree, io: Io): void {
  const left = notJudged.filter(({ reason }) => reason === 'broken' || reason === 'template');
  const files = [...new Set(left.map(({ document }) => document.file.path))];
  const [first] = files;
  if (first === undefined) return;
  const more = files.length > 1 ? ` and ${files.length - 1} more` : '';
  io.stderr.write(
    `Warning: some documents could not be read and are ignored: ${first}${more}; run \`k8sec lint\` for details\n`,
  );
}

/** An answer that took a placeholder for a value must not look like one that knows all values. */
function warnAboutUnknown({ clusters }: LoadedTree, io: Io): void {
  const places = clusters.flatMap(({ cluster }) => unknownFields(cluster));
  const [first] = places;
  if (first === undefined) return;
  const more = places.length > 1 ? ` and ${places.length - 1} more` : '';
  io.stderr.write(
    `Warning: values that the answer may rest on are not known: ${first.file}:${first.line}${more}; put values in place of the variables first\n`,
  );
}

/**
 * The cluster that a question is about: the only one, or the one that is named.
 * @throws UsageError where there are several and none, or another, is named.
 */
export function oneCluster({ clusters }: LoadedTree, name: string | undefined): Cluster {
  const [only, another] = clusters;
  if (name === undefined && only !== undefined && another === undefined) return only.cluster;
  const found = clusters.find(({ cluster }) => cluster.name === name);
  if (found !== undefined) return found.cluster;
  const names = clusters.map(({ cluster }) => cluster.name).filter((each) => each !== '');
  const hint = `choose one with --cluster NAME: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`;
  if (name === undefined) throw new UsageError(`the manifests define ${clusters.length} clusters`, hint);
  throw new UsageError(
    `unknown cluster \`${name}\``,
    names.length === 0 ? 'the manifests define only one cluster' : hint,
  );
}
