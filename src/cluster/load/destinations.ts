import { asWritten } from '../../model/as-written.ts';
import { type Deployment, deploymentsOf } from '../../model/kinds/gitops.ts';
import type { ManifestObject } from '../../model/object.ts';
import { directoryOf } from '../../text/directory-of.ts';

/** A cluster to which objects of Argo CD or Flux deploy directories of the tree, while others deploy some to another one. */
export interface Destination {
  readonly name: string;
  /** The first of the objects that deploy to it. */
  readonly deployer: ManifestObject;
  /** One that deploys elsewhere. */
  readonly other: ManifestObject;
}

/** The clusters to which a tree is deployed, and the destinations of each file; a file that nothing deploys has none. */
export interface Destinations {
  readonly all: readonly Destination[];
  readonly of: (path: string) => ReadonlySet<string>;
}

/** The sentence that describes the division in output. */
export function describeDestination({ name, deployer, other }: Destination): string {
  const [own, another] = [deployer, other].map((each) => `${each.kind} \`${each.name}\``);
  return `${own ?? ''} deploys to \`${name}\`, and ${another ?? ''} to another cluster`;
}

/** Most trees have no object of these groups. */
const DEPLOYING: ReadonlySet<string> = new Set(['argoproj.io', 'kustomize.toolkit.fluxcd.io']);

interface Found extends Deployment {
  readonly object: ManifestObject;
}

/** The destinations of a tree; undefined where all that is known of them is one cluster. `paths` are the files of the tree. */
export function destinationsOf(objects: readonly ManifestObject[], paths: readonly string[]): Destinations | undefined {
  const found = objects.flatMap((object) =>
    DEPLOYING.has(object.group)
      ? deploymentsOf(object.group, object.kind, asWritten(object)).map((each): Found => ({ ...each, object }))
      : [],
  );
  if (new Set(found.map(({ destination }) => destination)).size < 2) return undefined;
  const directories = new Set(paths.flatMap((path) => withAbove(directoryOf(path))));
  const prefix = commonPrefix(found, directories);
  const byDirectory = new Map<string, Set<string>>();
  const deployers = new Map<string, ManifestObject>();
  for (const { path, destination, object } of found) {
    const directory = `${prefix}${path}`;
    if (!directories.has(directory)) continue;
    byDirectory.set(directory, (byDirectory.get(directory) ?? new Set()).add(destination));
    if (!deployers.has(destination)) deployers.set(destination, object);
  }
  if (deployers.size < 2) return undefined;
  const all = [...deployers].map(([name, deployer]): Destination => {
    const [, other = deployer] = [...deployers].find(([another]) => another !== name) ?? [];
    return { name, deployer, other };
  });
  return {
    all,
    // The nearest directory that something deploys.
    of: (path) => {
      const nearest = withAbove(directoryOf(path)).find((directory) => byDirectory.has(directory));
      return (nearest === undefined ? undefined : byDirectory.get(nearest)) ?? new Set();
    },
  };
}

/** A directory and those around it, the nearest first. */
function withAbove(directory: string): string[] {
  return directory === '' ? [''] : [directory, ...withAbove(directoryOf(directory))];
}

/** Where the repository begins in the tree: in which directory most of the deployed paths are there. */
function commonPrefix(found: readonly Found[], directories: ReadonlySet<string>): string {
  const counts = new Map<string, number>([['', 0]]);
  for (const { path } of found) {
    for (const directory of directories) {
      if (directory !== path && !directory.endsWith(`/${path}`)) continue;
      const prefix = directory.slice(0, directory.length - path.length);
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  }
  let best = '';
  for (const [prefix, count] of counts) if (count > (counts.get(best) ?? 0)) best = prefix;
  return best;
}
