import { RESOURCES } from './data/discovery.ts';
import { rowsForMinor } from './minor-ranges.ts';
import { type KubernetesVersion, nearestMinor } from './versions.ts';

/** A resource that an API server serves, as its discovery tells. */
export interface APIResource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The plural that rules and URLs use: `deployments`. */
  readonly resource: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  /** Verbs of each subresource: `scale` → get, patch, update. */
  readonly subresources: ReadonlyMap<string, readonly string[]>;
}

/** What kubectl makes of a TYPE argument. */
export interface FoundResource {
  readonly group: string;
  readonly resource: string;
  /** Undefined when no such resource is served. */
  readonly served: APIResource | undefined;
  /** What kubectl warns of, without `Warning: `; '' when nothing. */
  readonly warning: string;
}

const VERBS = new Map([
  ['c', 'create'],
  ['d', 'delete'],
  ['x', 'deletecollection'],
  ['g', 'get'],
  ['l', 'list'],
  ['p', 'patch'],
  ['u', 'update'],
  ['w', 'watch'],
]);

/** Groups in the order in which a name without group finds them; others follow by name (kube-apiserver's apiVersionPriorities). */
const GROUPS = [
  '',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'networking.k8s.io',
  'extensions',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
];
/** Until 1.19 `extensions` came before all other named groups: `deployments` meant its deployments. */
const LAST_MINOR_EXTENSIONS_FIRST = 19;

const known = new Map<number, readonly APIResource[]>();

/**
 * What the API server of a version serves without --runtime-config, and Calico's kinds, in the order of preference. For a version older or
 * newer than all that are known: what the nearest serves. Memoised.
 */
export function apiResources({ minor }: KubernetesVersion): readonly APIResource[] {
  const nearest = nearestMinor(minor);
  let resources = known.get(nearest);
  if (resources === undefined) {
    resources = rowsForMinor(RESOURCES, nearest).map(unpack);
    resources = resources.toSorted((a, b) => comparePreference(a, b, nearest));
    known.set(nearest, resources);
  }
  return resources;
}

/** The resource of a kind, in the version that the server prefers; undefined where it serves none. */
export function apiResource(version: KubernetesVersion, group: string, kind: string): APIResource | undefined {
  return apiResources(version).find((each) => each.group === group && each.kind === kind);
}

/**
 * The resource that kubectl takes TYPE, TYPE.GROUP or TYPE.VERSION.GROUP for: plural, singular or short name in any case, groups also by
 * their beginning. Where nothing of that name is served, the argument itself in the core group, and a warning. Mirrors kubectl
 * pkg/cmd/auth resourceFor with client-go's shortcut expander and priority mapper, v0.37.
 */
export function findResource(resources: readonly APIResource[], argument: string): FoundResource {
  if (argument === '*') return { group: '', resource: '*', served: undefined, warning: '' };
  const [name = '', ...suffix] = argument.toLowerCase().split('.');
  const [version = '', ...versionedGroup] = suffix;
  const group = suffix.join('.');
  let served: APIResource | undefined;
  if (suffix.length > 1) served = lookUp(resources, { resource: name, version, group: versionedGroup.join('.') });
  served ??= lookUp(resources, { resource: name, version: '', group });
  if (served !== undefined) return { group: served.group, resource: served.resource, served, warning: '' };
  // Users and groups are impersonated, but no server lists them.
  const isUnlisted = group === '' && (name === 'users' || name === 'groups');
  const where = group === '' ? '' : ` in group '${group}'`;
  const warning = isUnlisted ? '' : `the server doesn't have a resource type '${name}'${where}`;
  return { group: '', resource: argument, served, warning };
}

/** What is looked for; '' leaves version or group open. */
interface Query {
  readonly resource: string;
  readonly version: string;
  readonly group: string;
}

function lookUp(resources: readonly APIResource[], query: Query): APIResource | undefined {
  const { resource, version, group } = expandShortName(resources, query);
  if (resource === '') return undefined;
  const named = resources.filter((each) => each.resource === resource || each.singular === resource);
  const versioned = version === '' ? named : named.filter((each) => each.version === version);
  if (group === '') return versioned[0];
  const exact = versioned.find((each) => each.group === group);
  return exact ?? (version === '' ? named.find((each) => each.group.startsWith(group)) : undefined);
}

function expandShortName(resources: readonly APIResource[], query: Query): Query {
  const inGroup = query.group === '' ? resources : resources.filter((each) => each.group === query.group);
  if (inGroup.some((each) => each.resource === query.resource || each.singular === query.resource)) return query;
  const isShort = (each: APIResource): boolean => each.shortNames.includes(query.resource);
  const long = inGroup.find(isShort);
  if (long !== undefined) return { resource: long.resource, version: '', group: long.group };
  if (query.group === '') return query;
  const prefixed = resources.find((each) => each.group.startsWith(query.group) && isShort(each));
  return prefixed === undefined ? query : { ...query, resource: prefixed.resource, group: prefixed.group };
}

function unpack(columns: readonly string[]): APIResource {
  const [
    group = '',
    version = '',
    resource = '',
    kind = '',
    singular = '',
    short = '',
    scope = '',
    verbs = '',
    subs = '',
  ] = columns;
  const subresources = words(subs).map((text): [string, readonly string[]] => {
    const [name = '', letters = ''] = text.split(':');
    return [name, verbsOf(letters)];
  });
  return {
    group,
    version,
    kind,
    resource,
    singular: singular === '' ? kind.toLowerCase() : singular,
    shortNames: words(short),
    namespaced: scope === 'n',
    verbs: verbsOf(verbs),
    subresources: new Map(subresources),
  };
}

function words(list: string): string[] {
  return list === '' ? [] : list.split(',');
}

function verbsOf(letters: string): string[] {
  return Array.from(letters, (letter) => VERBS.get(letter) ?? letter);
}

function comparePreference(a: APIResource, b: APIResource, minor: number): number {
  return (
    rank(a.group, minor) - rank(b.group, minor) || byText(a.group, b.group) || compareVersions(a.version, b.version)
  );
}

function rank(group: string, minor: number): number {
  if (group === 'extensions' && minor <= LAST_MINOR_EXTENSIONS_FIRST) return 0.5;
  const position = GROUPS.indexOf(group);
  // A custom group, or one of an add-on server, has a domain; whatever else Kubernetes serves comes before them.
  if (position >= 0) return position;
  return group.endsWith('projectcalico.org') || group === 'policy.networking.k8s.io'
    ? GROUPS.length + 1
    : GROUPS.length;
}

/** Stable versions first, then betas, then alphas; of each the newest first. */
function compareVersions(a: string, b: string): number {
  return stability(b) - stability(a) || byText(b, a);
}

function stability(version: string): number {
  return version.includes('alpha') ? 0 : version.includes('beta') ? 1 : 2;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
