import type { ManifestObject } from '../../model/object.ts';
import { identityKey, resolveNamespace, storageGroup } from '../index/identity.ts';
import { listed } from '../../lang/listed.ts';
import { directoryOf } from '../../text/directory-of.ts';
import { sameTree } from '../../text/same-tree.ts';
import { sameMeaning } from './same-meaning.ts';
import { workloadKind } from '../index/workload-kinds.ts';

/** A directory whose parts contradict each other, and the first pair of manifests that shows it. */
export interface Contradiction {
  readonly directory: string;
  readonly first: ManifestObject;
  readonly second: ManifestObject;
  /** The sub-directories that are clusters of their own, where most others contradict nothing; undefined: all are. */
  readonly apart: ReadonlySet<string> | undefined;
}

/** The sentence that describes a guess in output: what was decided, and from what. */
export function describeContradiction({ directory, first, second, apart }: Contradiction): string {
  const where = directory === '' ? 'the tree' : `\`${directory}\``;
  const files = `\`${first.document.file.path}\` and \`${second.document.file.path}\``;
  const copies = sameTree(first.node, second.node) ? 'both hold' : 'hold different versions of';
  const what = `${files} ${copies} ${first.kind} \`${first.name}\``;
  if (apart === undefined) return `${what}, so each directory in ${where} is a cluster of its own`;
  const names = [...apart].map((each) => `\`${each}\``);
  return `${what}, so each of these is a cluster of its own: ${listed(names, 3)}`;
}

/**
 * The directories that cannot be one cluster: two of their entries (sub-directories, or the files directly inside taken together) hold an
 * object of the same identity with different content, of those that are evidence: what runs and what decides if not told otherwise. Keyed by directory, '' for the root. docs/decisions/010 says why.
 */
export function contradictions(
  objects: readonly ManifestObject[],
  isEvidence: (object: ManifestObject) => boolean = isRunOrDeciding,
): ReadonlyMap<string, Contradiction> {
  const groups = new Map<string, ManifestObject[]>();
  for (const object of objects) {
    if (object.name === '' || !isEvidence(object)) continue;
    const group = storageGroup(object.group, object.kind);
    const key = identityKey(group, object.kind, resolveNamespace(object, noCustomKinds), object.name);
    const others = groups.get(key);
    if (others === undefined) groups.set(key, [object]);
    else others.push(object);
  }
  const found = new Map<string, Found>();
  for (const copies of groups.values()) {
    if (copies.length > 1 && !inOneDirectory(copies)) findContradictions(copies, found);
  }
  if (found.size === 0) return new Map();
  const all = entriesOf([...groups.values()].flat());
  return new Map(
    [...found].map(([directory, { first, second, entries }]) => {
      const isRare = entries.size * RARE < (all.get(directory)?.size ?? 0);
      return [
        directory,
        {
          directory,
          first,
          second,
          apart: isRare ? new Set([...entries].filter((entry) => entry !== '').sort()) : undefined,
        },
      ];
    }),
  );
}

/** A directory in which fewer than one entry of so many contradicts another is one cluster, from which those are taken out: two applications may use one name. */
const RARE = 4;

/** A pair that contradicts each other, and the entries of the directory that have a part in any contradiction. */
interface Found {
  readonly first: ManifestObject;
  readonly second: ManifestObject;
  readonly entries: Set<string>;
}

/** The entries of each directory that hold evidence; files directly in it are the entry ''. */
function entriesOf(objects: readonly ManifestObject[]): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map<string, Set<string>>();
  const directories = new Set(objects.map((object) => directoryOf(object.document.file.path)));
  for (const deepest of directories) {
    for (let directory = deepest, entry = ''; ; entry = directory, directory = directoryOf(directory)) {
      const entries = all.get(directory);
      if (entries === undefined) all.set(directory, new Set([entry]));
      else entries.add(entry);
      if (directory === '') break;
    }
  }
  return all;
}

/** The part a file belongs to: below a contradictory directory each sub-directory is one, or each of those that contradict others, named by its path. */
export function partName(path: string, found: ReadonlyMap<string, Contradiction>): string {
  let below = '';
  let directory = directoryOf(path);
  for (;;) {
    const contradiction = found.get(directory);
    if (contradiction !== undefined)
      return below === '' || contradiction.apart?.has(below) === false ? directory : below;
    if (directory === '') return '';
    below = directory;
    directory = directoryOf(directory);
  }
}

const noCustomKinds: ReadonlyMap<string, never> = new Map<string, never>();

/** Namespaces, accounts and configuration are often repeated within one cluster; what runs and what decides is not. */
const decidingKinds: ReadonlySet<string> = new Set([
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'NetworkPolicy',
  'GlobalNetworkPolicy',
]);

function isRunOrDeciding(object: ManifestObject): boolean {
  return decidingKinds.has(object.kind) || workloadKind(object) !== undefined;
}

function inOneDirectory(objects: readonly ManifestObject[]): boolean {
  const [first] = objects;
  if (first === undefined) return true;
  const directory = directoryOf(first.document.file.path);
  return objects.every((object) => directoryOf(object.document.file.path) === directory);
}

interface Seen {
  readonly value: number;
  readonly object: ManifestObject;
  readonly entries: Set<string>;
  other: ManifestObject | undefined;
}

/** A directory is contradictory when copies of at least two values lie in at least two of its entries. */
function findContradictions(copies: readonly ManifestObject[], found: Map<string, Found>): void {
  const [sample] = copies;
  // Nothing applies the same workload twice: equal ones in two places are alternatives, or of two clusters.
  const isWorkload = sample !== undefined && workloadKind(sample) !== undefined;
  const values = isWorkload ? copies.map((_, index) => index) : valueClasses(copies);
  if (new Set(values).size < 2) return;
  const seen = new Map<string, Seen>();
  for (const [index, object] of copies.entries()) {
    const value = values[index] ?? 0;
    const { path } = object.document.file;
    for (let end = path.lastIndexOf('/'), entry = ''; ; end = path.lastIndexOf('/', end - 1)) {
      const directory = end < 0 ? '' : path.slice(0, end);
      const earlier = seen.get(directory);
      if (earlier === undefined) seen.set(directory, { value, object, entries: new Set([entry]), other: undefined });
      else {
        earlier.entries.add(entry);
        if (earlier.value !== value) earlier.other ??= object;
      }
      if (end <= 0) break;
      entry = directory;
    }
  }
  for (const [directory, { entries, object, other }] of seen) {
    if (entries.size < 2 || other === undefined) continue;
    const known = found.get(directory);
    if (known === undefined) found.set(directory, { first: object, second: other, entries });
    else for (const entry of entries) known.entries.add(entry);
  }
}

const mostClasses = 16;

/** For each copy the number of its value: equal copies share one. Past a bound every further value counts as new. */
function valueClasses(copies: readonly ManifestObject[]): number[] {
  const representatives: ManifestObject[] = [];
  return copies.map((object, index) => {
    const known = representatives.findIndex(
      (other) => sameTree(other.node, object.node) || sameMeaning(other.node, object.node),
    );
    if (known >= 0) return known;
    if (representatives.length >= mostClasses) return index + mostClasses;
    return representatives.push(object) - 1;
  });
}
