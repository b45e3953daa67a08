import { describeGuess } from '../cluster/load/split-clusters.ts';
import { asWritten } from '../model/as-written.ts';
import { directoryOf } from '../text/directory-of.ts';
import { deployedPaths, isDeployed } from '../model/kinds/gitops.ts';
import type { LoadedCluster, LoadedTree } from './load.ts';
import { type PlaceValue, placeValue } from './values/reason-value.ts';

/** What `clusters` answers: what `--format json` prints. */
export interface ClustersValue {
  readonly version: 1;
  readonly clusters: readonly ClusterDivision[];
}

/** One cluster of a tree, and where its objects come from. */
export interface ClusterDivision {
  /** '' when the tree is one cluster. */
  readonly name: string;
  /** Why it is a cluster of its own. */
  readonly why: string;
  /** How many objects it has, those that are read as context left out. */
  readonly objects: number;
  readonly entryPoints: readonly EntryPointValue[];
}

/** A place where a deployment begins. */
export interface EntryPointValue {
  /** `files`: manifests that are applied as they are written. */
  readonly kind: 'kustomization' | 'helm chart' | 'files';
  /** The directory. */
  readonly path: string;
  /** The files that it takes in. */
  readonly takes: readonly string[];
  readonly objects: number;
  /** The objects of Argo CD and Flux that deploy the directory. */
  readonly appliedBy: readonly AppliedBy[];
  /** Why it is not rendered; absent where it is. */
  readonly notRendered?: string;
  /** Why a part of it is not rendered; absent where there is none. */
  readonly notRenderedPart?: string;
}

/** What applies an entry point, such as a Flux `Kustomization`, and where it is written. */
export interface AppliedBy extends Partial<PlaceValue> {
  readonly kind: string;
  readonly name: string;
}

/** How a tree is divided, what each entry point takes in, and why. */
export function clusters(tree: LoadedTree): ClustersValue {
  const deployers = deployersOf(tree);
  return {
    version: 1,
    clusters: tree.clusters.flatMap((loaded): ClusterDivision[] => {
      const { cluster, part } = loaded;
      const entries = entryPointsOf(loaded, tree.notJudged);
      // What is left may be bases alone, which others include.
      if (entries.length === 0 && part.objects.length === 0 && tree.clusters.length > 1) return [];
      return [
        {
          name: cluster.name,
          why: whyOf(loaded, tree.clusters.length),
          objects: part.objects.length,
          entryPoints: entries.map((entry) => ({
            ...entry,
            appliedBy: deployers.flatMap(({ paths, value }) =>
              paths.some((path) => isDeployed(entry.path, path)) ? [value] : [],
            ),
          })),
        },
      ];
    }),
  };
}

function whyOf({ part }: LoadedCluster, count: number): string {
  if (part.guess !== undefined) return describeGuess(part.guess);
  if (count === 1) return 'nothing in the tree contradicts anything else';
  return part.name === '' ? 'the rest of the tree' : 'the configuration lists it under `clusters`';
}

type Bare = Omit<EntryPointValue, 'appliedBy'>;

function entryPointsOf(
  { part, entryPoints: built = [] }: LoadedCluster,
  notJudged: LoadedTree['notJudged'],
): readonly Bare[] {
  const { files } = part;
  const objects = new Map<string, number>();
  for (const { document } of part.objects) objects.set(document.file.path, (objects.get(document.file.path) ?? 0) + 1);
  const kustomizations = built.map(({ path, file, takes, failure, extent }): Bare => {
    const missing = extent === 'part' ? 'notRenderedPart' : 'notRendered';
    return {
      kind: 'kustomization',
      path,
      takes: [...takes].sort(),
      objects: extent === 'none' ? 0 : (objects.get(file.path) ?? 0),
      ...(failure === undefined ? {} : { [missing]: failure.message }),
    };
  });
  const charts = notJudged.flatMap(({ document: { file }, reason }): Bare[] =>
    reason === 'helm chart' && files.has(file.path) && file.path.endsWith('Chart.yaml')
      ? [{ kind: 'helm chart', path: folderOf(file.path), takes: [file.path], objects: 0, notRendered: HELM }]
      : [],
  );
  const rendered = new Set(built.flatMap(({ file, extent }) => (extent === 'none' ? [] : [file.path])));
  const folders = new Map<string, string[]>();
  for (const path of objects.keys()) {
    if (rendered.has(path)) continue;
    const directory = folderOf(path);
    folders.set(directory, [...(folders.get(directory) ?? []), path]);
  }
  const plain = [...folders].map(([path, takes]): Bare => ({
    kind: 'files',
    path,
    takes: takes.sort(),
    objects: takes.reduce((sum, file) => sum + (objects.get(file) ?? 0), 0),
  }));
  return [...kustomizations, ...charts, ...plain].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

const HELM = 'lint the output of `helm template`';

/** As it is shown: the directory of the user has a name. */
function folderOf(path: string): string {
  return directoryOf(path) || '.';
}

function deployersOf(tree: LoadedTree): readonly { readonly paths: readonly string[]; readonly value: AppliedBy }[] {
  return tree.clusters.flatMap(({ part }) =>
    part.objects.flatMap((object) => {
      const paths = deployedPaths(object.group, object.kind, asWritten(object));
      const { kind, name } = object;
      return paths.length === 0 ? [] : [{ paths, value: { kind, name, ...placeValue({ object, path: [] }) } }];
    }),
  );
}
