import { groupBy } from '../lang/group-by.ts';
import { once } from '../lang/once.ts';
import { KINDS } from './data/kinds.ts';
import { parseApiVersion } from './type-meta.ts';

/** What is known of one kind of one group version. Minors are of Kubernetes 1; both ends of the range are inside. */
export interface KindFacts {
  /** `apps/v1`; `v1` for the core group. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Name of its struct. */
  readonly struct: string;
  /** Whether client-go of 1.37 knows the kind, served or not. */
  readonly registered: boolean;
  readonly since: number;
  readonly until: number;
  readonly deprecated: number | undefined;
  readonly removed: number | undefined;
  readonly replacement: { readonly apiVersion: string; readonly kind: string } | undefined;
}

/** Kinds the server knows under whatever group and version they come. */
const UNVERSIONED = new Set(['Status', 'APIVersions', 'APIGroup', 'APIGroupList', 'APIResourceList']);
const OPTIONS = /^(?:(?:Create|Delete|Get|List|Patch|Update)Options|WatchEvent)$/;

const lines = once(
  (): ReadonlyMap<string, string> =>
    new Map(KINDS.split('\n').map((line) => [line.slice(0, line.indexOf('\t')), line])),
);
const groupVersions = new Map<string, ReadonlyMap<string, KindFacts>>();

/**
 * The facts of a kind of Kubernetes 1.11 to 1.37 or Calico, in whatever versions it is served; undefined for others. Options kinds
 * (`v1 DeleteOptions`), which every group version registers, are found in all registered ones.
 */
export function kindFacts(apiVersion: string, kind: string): KindFacts | undefined {
  if (UNVERSIONED.has(kind) && apiVersion !== 'v1') return kindFacts('v1', kind);
  const kinds = kindsOf(apiVersion);
  const found = kinds.get(kind);
  if (found !== undefined || !OPTIONS.test(kind)) return found;
  for (const { registered } of kinds.values()) {
    if (registered) return { ...UNLIMITED, apiVersion, kind, struct: `meta.v1.${kind}`, registered };
  }
  return undefined;
}

/** The facts of a kind in the last version of a group that knows it: what an object of a version that does not exist would be. */
export function kindFactsInGroup(group: string, kind: string): KindFacts | undefined {
  const versions = versionsOfGroups().get(group) ?? [];
  return versions.map((apiVersion) => kindsOf(apiVersion).get(kind)).findLast((found) => found !== undefined);
}

const versionsOfGroups = once(() => groupBy(knownApiVersions(), (apiVersion) => parseApiVersion(apiVersion)?.group));

/** All kinds of a group version, empty for an unknown one. */
export function kindsOf(apiVersion: string): ReadonlyMap<string, KindFacts> {
  let kinds = groupVersions.get(apiVersion);
  if (kinds === undefined) {
    const line = lines().get(apiVersion);
    kinds = line === undefined ? new Map() : parseLine(apiVersion, line.slice(apiVersion.length + 1));
    groupVersions.set(apiVersion, kinds);
  }
  return kinds;
}

/** Every group version the data knows: `v1`, `apps/v1`, ... */
export function knownApiVersions(): readonly string[] {
  return KINDS.split('\n').map((line) => line.slice(0, line.indexOf('\t')));
}

const UNLIMITED = { since: 0, until: 999, deprecated: undefined, removed: undefined, replacement: undefined };

/** Words of a line: `Kind:struct!@since-until;deprecated,removed,apiVersion.Kind`, where `!` says registered. */
function parseLine(apiVersion: string, line: string): ReadonlyMap<string, KindFacts> {
  const kinds = new Map<string, KindFacts>();
  for (const word of line.split(' ')) {
    const colon = word.indexOf(':');
    const at = word.indexOf('@');
    const semicolon = word.indexOf(';');
    const registered = word.charAt(at - 1) === '!';
    const [since = '', until = ''] = word.slice(at + 1, semicolon < 0 ? word.length : semicolon).split('-');
    const [deprecated = '', removed = '', replacement = ''] = semicolon < 0 ? [] : word.slice(semicolon + 1).split(',');
    const dot = replacement.lastIndexOf('.');
    const kind = word.slice(0, colon);
    kinds.set(kind, {
      apiVersion,
      kind,
      struct: word.slice(colon + 1, registered ? at - 1 : at),
      registered,
      since: since === '' ? UNLIMITED.since : Number(since),
      until: until === '' ? UNLIMITED.until : Number(until),
      deprecated: deprecated === '' ? undefined : Number(deprecated),
      removed: removed === '' ? undefined : Number(removed),
      replacement: dot < 0 ? undefined : { apiVersion: replacement.slice(0, dot), kind: replacement.slice(dot + 1) },
    });
  }
  return kinds;
}
