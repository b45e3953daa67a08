import { groupBy } from '../../lang/group-by.ts';
import { asWritten } from '../../model/as-written.ts';
import { type Deployment, deploymentsOf, OWN_CLUSTER } from '../../model/kinds/gitops.ts';
import type { ManifestObject } from '../../model/object.ts';
import { directoryOf } from '../../text/directory-of.ts';
import { type Contradiction, contradictions, partName } from './guess-clusters.ts';

/** A cluster to which objects of Argo CD or Flux deploy directories of the tree, while others deploy some to another one. */
export interface Destination {
  readonly name: string;
  /** The first of the objects that deploy to it. */
  readonly deployer: ManifestObject;
  /** One that deploys elsewhere. */
  readonly other: ManifestObject;
  /** Of a cluster that is named after the directory of its deployers: what shows that there are several. */
  readonly home?: Contradiction;
}

/** The clusters to which a tree is deployed, and the destinations of each file; a file that nothing deploys has none. */
export interface Destinations {
  readonly all: readonly Destination[];
  readonly of: (path: string) => ReadonlySet<string>;
}

/** The sentence that describes the division in output. */
export function describeDestination({ name, deployer, other, home }: Destination): string {
  if (home !== undefined) {
    const files = `\`${home.first.document.file.path}\` and \`${home.second.document.file.path}\``;
    return `${files} hold different versions of ${home.first.kind} \`${home.first.name}\`, so what each directory deploys is a cluster of its own`;
  }
  const [own, another] = [deployer, other].map((each) => `${each.kind} \`${each.name}\``);
  return `${own ?? ''} deploys to \`${name}\`, and ${another ?? ''} to another cluster`;
}

/** Most trees have no object of these groups. */
const DEPLOYING: ReadonlySet<string> = new Set(['argoproj.io', 'kustomize.toolkit.fluxcd.io']);

interface Found extends Deployment {
  readonly object: ManifestObject;
}

/**
 * The destinations of a tree; undefined where all that is known of them is one cluster. `paths` are the files of the tree. Directories that hold different
 * versions of a deployer are the homes of several clusters: what a deployer puts into its own cluster goes where it was deployed to itself.
 */
export function destinationsOf(objects: readonly ManifestObject[], paths: readonly string[]): Destinations | undefined {
  const found = objects.flatMap((object) =>
    DEPLOYING.has(object.group)
      ? deploymentsOf(object.group, object.kind, asWritten(object)).map((each): Found => ({ ...each, object }))
      : [],
  );
  if (found.length < 2) return undefined;
  const directories = new Set(paths.flatMap((path) => withAbove(directoryOf(path))));
  const prefix = commonPrefix(found, directories);
  const homes = homesOf(found);
  const byDirectory = new Map([...homes.keys()].map((home) => [home, new Set([home])]));
  const deployers = new Map<string, ManifestObject>();
  const of = (path: string): ReadonlySet<string> => {
    // The nearest directory that something deploys.
    const nearest = withAbove(directoryOf(path)).find((directory) => byDirectory.has(directory));
    return (nearest === undefined ? undefined : byDirectory.get(nearest)) ?? NOWHERE;
  };
  const follow = (isOwnKnown: boolean): void => {
    for (const { path, destination, object } of found) {
      const directory = `${prefix}${path}`;
      if (!directories.has(directory)) continue;
      const isOwn = destination === OWN_CLUSTER;
      const own = isOwn ? of(object.document.file.path) : NOWHERE;
      for (const each of own.size > 0 ? own : isOwn && !isOwnKnown ? [] : [destination]) {
        byDirectory.set(directory, (byDirectory.get(directory) ?? new Set()).add(each));
        if (!deployers.has(each)) deployers.set(each, object);
      }
    }
  };
  // What is deployed may deploy; what no home leads to runs in the one cluster that has no name.
  for (const isOwnKnown of [false, true]) {
    for (let size = -1; size !== sizeOf(byDirectory);) {
      size = sizeOf(byDirectory);
      follow(isOwnKnown);
    }
  }
  if (deployers.size < 2) return undefined;
  const all = [...deployers].map(([name, deployer]): Destination => {
    const [, other = deployer] = [...deployers].find(([another]) => another !== name) ?? [];
    const home = homes.get(name);
    return { name, deployer, other, ...(home === undefined ? {} : { home }) };
  });
  return { all, of };
}

const NOWHERE: ReadonlySet<string> = new Set();

function sizeOf(byDirectory: ReadonlyMap<string, ReadonlySet<string>>): number {
  return [...byDirectory.values()].reduce((sum, { size }) => sum + size, 0);
}

/** The directories that hold different versions of one deployer, such as `clusters/staging` and `clusters/production`. */
function homesOf(found: readonly Found[]): ReadonlyMap<string, Contradiction> {
  const deployers = [...new Set(found.map(({ object }) => object))];
  const contradicting = contradictions(deployers, () => true);
  const homes = new Map<string, Contradiction>();
  for (const { document } of contradicting.size === 0 ? [] : deployers) {
    const name = partName(document.file.path, contradicting);
    const home = contradicting.get(directoryOf(name));
    if (name !== '' && !contradicting.has(name) && home !== undefined) homes.set(name, home);
  }
  return homes;
}

/** A directory and those around it, the nearest first. */
function withAbove(directory: string): string[] {
  return directory === '' ? [''] : [directory, ...withAbove(directoryOf(directory))];
}

/** Where the repository begins in the tree: in which directory most of the deployed paths are there. */
function commonPrefix(found: readonly Found[], directories: ReadonlySet<string>): string {
  const counts = new Map<string, number>([['', 0]]);
  const byName = groupBy(directories, lastSegment);
  for (const { path } of found) {
    for (const directory of byName.get(lastSegment(path)) ?? []) {
      if (directory !== path && !directory.endsWith(`/${path}`)) continue;
      const prefix = directory.slice(0, directory.length - path.length);
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  }
  let best = '';
  for (const [prefix, count] of counts) if (count > (counts.get(best) ?? 0)) best = prefix;
  return best;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
