import type { ManifestObject } from '../../model/object.ts';
import type { ClusterSettings } from '../index/cluster.ts';
import { inFileOrder } from './file-order.ts';
import { directoryOf } from '../../text/directory-of.ts';
import { describeDestination, type Destination, destinationsOf } from './destinations.ts';
import { contradictions, type Contradiction, describeContradiction, partName } from './guess-clusters.ts';

/** One cluster of a tree, to be loaded with `loadCluster(part.objects, part)`. */
export interface ClusterPart {
  /** '' for a tree that is one cluster. */
  readonly name: string;
  readonly settings: ClusterSettings;
  /** The paths of its linted files, those without objects included. */
  readonly files: ReadonlySet<string>;
  readonly objects: readonly ManifestObject[];
  readonly context: readonly ManifestObject[];
  /** Whether the split was guessed, and from what; undefined for configured clusters and for a tree that is one. */
  readonly guess?: Guess;
}

/** What a division was guessed from: directories that contradict each other, or the clusters to which they are deployed. */
export type Guess = Contradiction | Destination;

/** The sentence that describes a guess in output. */
export function describeGuess(guess: Guess): string {
  return 'deployer' in guess ? describeDestination(guess) : describeContradiction(guess);
}

/** The clusters of a repository as the configuration lists them. */
export type ClusterPatterns = Readonly<
  Record<
    string,
    { readonly files: readonly string[]; readonly context?: readonly string[]; readonly settings?: ClusterSettings }
  >
>;

/** Compiles glob patterns to a test of paths; injected, since matching lives outside the pure core. */
export type PathMatcher = (patterns: readonly string[]) => (path: string) => boolean;

export interface SplitOptions {
  readonly settings?: ClusterSettings;
  readonly clusters?: ClusterPatterns;
  /** Patterns of files that are read as part of every cluster, never linted. */
  readonly context?: readonly string[];
  /** Required where there are patterns. */
  readonly matcher?: PathMatcher;
}

/**
 * Divides a tree into clusters that never meet. With `clusters` each is what its patterns say, and files that no cluster claims make a
 * last one named ''. Without, the tree is one cluster, unless directories contradict each other: see `contradictions`.
 * `paths` are all files read, those without objects included.
 */
export function splitClusters(
  objects: readonly ManifestObject[],
  paths: readonly string[],
  options: SplitOptions = {},
): ClusterPart[] {
  const { settings = {}, matcher = matchNothing } = options;
  const ordered = inFileOrder(objects);
  const isContext = matcher(options.context ?? []);
  const shared = options.context === undefined ? [] : ordered.filter((object) => isContext(object.document.file.path));
  const linted =
    options.context === undefined ? ordered : ordered.filter((object) => !isContext(object.document.file.path));
  const files = options.context === undefined ? paths : paths.filter((path) => !isContext(path));
  if (options.clusters !== undefined)
    return configured(options.clusters, linted, files, ordered, { settings, matcher, shared });
  return guessed(linted, files, settings, shared);
}

function matchNothing(): () => boolean {
  return () => false;
}

interface Common {
  readonly settings: ClusterSettings;
  readonly matcher: PathMatcher;
  readonly shared: readonly ManifestObject[];
}

function configured(
  clusters: ClusterPatterns,
  linted: readonly ManifestObject[],
  files: readonly string[],
  all: readonly ManifestObject[],
  common: Common,
): ClusterPart[] {
  const unclaimed = new Set(files);
  const claimed = new Set<string>();
  const parts = Object.entries(clusters).map(([name, cluster]): ClusterPart => {
    const isFile = common.matcher(cluster.files);
    const isContext = common.matcher(cluster.context ?? []);
    const own = new Set(files.filter(isFile));
    for (const path of own) unclaimed.delete(path);
    const readOnly = all.filter(({ document }) => !own.has(document.file.path) && isContext(document.file.path));
    for (const object of readOnly) claimed.add(object.document.file.path);
    return {
      name,
      settings: { ...common.settings, ...cluster.settings },
      files: own,
      objects: linted.filter((object) => own.has(object.document.file.path)),
      context: [...new Set([...common.shared, ...readOnly])],
    };
  });
  for (const path of claimed) unclaimed.delete(path);
  if (unclaimed.size === 0) return parts;
  const rest = linted.filter((object) => unclaimed.has(object.document.file.path));
  return [...parts, { name: '', settings: common.settings, files: unclaimed, objects: rest, context: common.shared }];
}

/** Past so many objects repeated as context, guessing costs more than it gives. */
const mostRepeated = 200_000;

function guessed(
  objects: readonly ManifestObject[],
  paths: readonly string[],
  settings: ClusterSettings,
  shared: readonly ManifestObject[],
): ClusterPart[] {
  const destinations = destinationsOf(objects, paths);
  if (destinations === undefined) return byDirectories(objects, paths, settings, shared);
  const isLeft = (path: string): boolean => destinations.of(path).size === 0;
  const left = objects.filter(({ document }) => isLeft(document.file.path));
  const rest = paths.filter(isLeft);
  const leftParts = rest.length === 0 ? [] : byDirectories(left, rest, settings, shared);
  const taken = new Set<string>();
  const parts = destinations.all.flatMap((guess) => {
    const isOwn = (path: string): boolean => destinations.of(path).has(guess.name);
    const own = objects.filter(({ document }) => isOwn(document.file.path));
    const ownPaths = paths.filter(isOwn);
    // What nothing deploys may be in each of them, unless its directories are clusters of their own, beside the deployed ones.
    const around = leftParts.filter(
      ({ name, guess: division }) =>
        division === undefined || ownPaths.some((path) => path.startsWith(name === '' ? '' : `${name}/`)),
    );
    const context = [...shared, ...around.flatMap((part) => part.objects.filter(decidesForOthers))];
    return byDirectories(own, ownPaths, settings, context).map((part) => {
      if (part.guess === undefined) return { ...part, name: guess.name, guess };
      // A directory that is deployed twice is two clusters.
      const name = taken.has(part.name) ? `${guess.name} ${part.name}` : part.name;
      taken.add(name);
      return { ...part, name };
    });
  });
  return [...parts, ...leftParts];
}

function byDirectories(
  objects: readonly ManifestObject[],
  paths: readonly string[],
  settings: ClusterSettings,
  shared: readonly ManifestObject[],
): ClusterPart[] {
  const whole: ClusterPart = { name: '', settings, files: new Set(paths), objects, context: shared };
  const found = contradictions(objects);
  if (found.size === 0) return [whole];

  const parts = new Map<string, { files: Set<string>; objects: ManifestObject[] }>();
  const partOf = (path: string): { files: Set<string>; objects: ManifestObject[] } => {
    const name = partName(path, found);
    let part = parts.get(name);
    if (part === undefined) parts.set(name, (part = { files: new Set(), objects: [] }));
    return part;
  };
  for (const path of paths) partOf(path).files.add(path);
  for (const object of objects) partOf(object.document.file.path).objects.push(object);

  const deciding = new Map<string, readonly ManifestObject[]>();
  for (const [name, part] of parts) deciding.set(name, part.objects.filter(decidesForOthers));
  const result: ClusterPart[] = [];
  let repeated = 0;
  for (const [name, part] of [...parts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const context = partsAbove(name, found).flatMap((above) => deciding.get(above) ?? []);
    repeated += context.length;
    if (repeated > mostRepeated) return [whole];
    const guess = found.get(name) ?? found.get(directoryOf(name));
    result.push({
      name,
      settings,
      ...part,
      context: [...shared, ...context],
      ...(guess === undefined ? {} : { guess }),
    });
  }
  return result;
}

/** The parts whose objects count for a part as well: those of the directories around it, nearest first. */
function partsAbove(name: string, found: ReadonlyMap<string, Contradiction>): string[] {
  const above = new Set<string>();
  for (let directory = name; directory !== '';) {
    directory = directoryOf(directory);
    if (found.has(directory)) above.add(directory);
    above.add(partName(`${directory}/.`, found));
  }
  above.delete(name);
  return [...above];
}

/** Kinds that decide about objects of other directories. */
const sharedKinds: ReadonlySet<string> = new Set([
  'ClusterConfiguration',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'GlobalNetworkPolicy',
  'LimitRange',
  'Namespace',
  'NetworkPolicy',
  'Pod',
  'PodSecurityPolicy',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'RuntimeClass',
  'ServiceAccount',
]);

/** Of workloads only Pods of kube-system do: among them the control plane with its flags. */
function decidesForOthers(object: ManifestObject): boolean {
  return sharedKinds.has(object.kind) && (object.kind !== 'Pod' || object.namespace === 'kube-system');
}
