import type { Cluster } from '../../cluster/index/cluster.ts';
import type { Connectivity } from '../../engines/net/sets/connectivity.ts';
import { BitSet } from '../../lang/bit-set.ts';
import { type RefusedValue, refusedValue } from './refused.ts';
import { MOST_NAMES, PeerWords } from './view/peer-words.ts';
import { askedFlows, type FlowsRequest } from './view/question.ts';
import { netRows, type NetRow, type NetRows, singleDestinations } from './view/rows.ts';
import { askedConnections } from './view/view.ts';

/** Everyone who may send the same packets to one destination. Pairs that are not listed are denied everything. */
export interface ListedConnection {
  /** `shop/web (Deployment)`, `outside`. */
  readonly to: string;
  /** `TCP 80,443; UDP 53`, `all`, `none`. */
  readonly allowed: string;
  /** The packets of which the manifests do not say whether they are allowed. */
  readonly unknown: string;
  /** Sorted. Equal lists may be the same array. */
  readonly from: readonly string[];
}

/** What `net list` answers: what `--format json` prints. */
export interface NetListValue {
  readonly version: 1;
  /** By destination. */
  readonly connections: readonly ListedConnection[];
  /** Objects about traffic that have no effect. */
  readonly refused: readonly RefusedValue[];
}

/** The list for a reader: whole namespaces under one name; a long one with equal destinations together and long lists of names summed up. */
export interface NetListSummary {
  readonly groups: readonly ListedGroup[];
  /** Whether destinations that the same may reach stand together. */
  readonly isGrouped: boolean;
  /** Where names were summed up: how many in one place are too many. */
  readonly mostNames?: number;
  readonly refused: readonly RefusedValue[];
}

/** Destinations with the same rows, in the words of a summary. */
export interface ListedGroup {
  readonly to: readonly string[];
  readonly rows: readonly Omit<ListedConnection, 'to'>[];
}

/**
 * All allowed flows of a cluster, by destination.
 * @throws UsageError for a name that nothing has.
 */
export function netList(cluster: Cluster, request: FlowsRequest = {}): NetListValue {
  const { allowed, problems } = askedFlows(cluster, request);
  return {
    version: 1,
    connections: connectionsOf(askedConnections(allowed, request)),
    refused: problems.map(refusedValue),
  };
}

/**
 * The same for a reader.
 * @throws UsageError for a name that nothing has.
 */
export function netListSummary(cluster: Cluster, request: FlowsRequest = {}): NetListSummary {
  const { allowed, problems } = askedFlows(cluster, request);
  return { ...summaryOf(askedConnections(allowed, request)), refused: problems.map(refusedValue) };
}

/** One entry for each destination and packets. */
export function connectionsOf(connectivity: Connectivity): readonly ListedConnection[] {
  const found = netRows(connectivity);
  const named = namedRows(found.groups, ({ from }) => found.names.of(from));
  return [...singleDestinations(found)].flatMap(({ to, rows }) =>
    rows.flatMap((row) => {
      const said = named.get(row);
      return said === undefined ? [] : [{ to, ...said }];
    }),
  );
}

/** A list with more rows than this puts destinations together that have the same sources. */
const MOST_ROWS = 100;

/** The list as text. */
export function summaryOf(connectivity: Connectivity): Omit<NetListSummary, 'refused'> {
  const { all } = connectivity.peers;
  const found = netRows(connectivity);
  const words = new PeerWords(all, found.names);
  const named = namedRows(found.groups, ({ from }) => words.of(from));
  const rowsOf = (rows: readonly NetRow[]) => rows.flatMap((row) => named.get(row) ?? []);
  const isGrouped = found.groups.reduce((sum, { to, rows }) => sum + to.length * rows.length, 0) > MOST_ROWS;
  const groups = isGrouped
    ? found.groups.map(({ to, rows }) => ({ to: words.of(setOf(to, all.length)), rows: rowsOf(rows) }))
    : [...singleDestinations(found)].map(({ to, rows }) => ({ to: [to], rows: rowsOf(rows) }));
  return { groups, isGrouped, ...(words.isSummedUp ? { mostNames: MOST_NAMES } : {}) };
}

/** Each row of some groups as text, worked out once: many destinations share it. */
function namedRows(
  groups: NetRows['groups'],
  namesOf: (row: NetRow) => readonly string[],
): ReadonlyMap<NetRow, Omit<ListedConnection, 'to'>> {
  const rows = groups.flatMap((group) => group.rows);
  return new Map(rows.map((row) => [row, { allowed: row.allowed, unknown: row.unknown, from: namesOf(row) }]));
}

function setOf(numbers: readonly number[], size: number): BitSet {
  const set = new BitSet(size);
  for (const number of numbers) set.add(number);
  return set;
}
