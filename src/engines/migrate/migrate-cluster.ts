import type { Cluster } from '../../cluster/index/cluster.ts';
import { namespacesOf } from '../../cluster/stored/existing.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { podsOf } from '../../cluster/pods/pods-of.ts';
import { type LevelDifferences, keepingLevel, levelDifferences } from './differences.ts';
import { judgeByLevels, meetPod, type MigrationServers, migrationServers } from './judging/judge-both.ts';
import type { Violation } from '../psa/evaluate-pod.ts';
import { compareLevels, type Level, LEVELS } from '../psa/level.ts';
import { levelLabel, MODES, versionLabel } from '../psa/namespace-policy.ts';
import type { Provider } from '../psp/compile-policy.ts';
import { compiledPolicies } from '../psp/policy-index.ts';
import { judgePod } from '../admission/psp-judgement.ts';
import { policiesUsableIn } from '../psp/policies-usable-in.ts';

/** A pod of the tree that the policies admit, and what the levels have against it. */
export interface KeptPod {
  readonly source: PodSource;
  readonly violations: Readonly<Record<'baseline' | 'restricted', readonly Violation[]>>;
}

/** What some policies admit between them, against the levels. */
export interface PolicyMigration {
  /** By name, in the order in which they are tried. */
  readonly policies: readonly string[];
  /** The strictest level that admits every pod which the policies admit; undefined where they admit none. */
  readonly keepsAll: Level | undefined;
  /** The same once pods say themselves what the policies fill in. */
  readonly keepsFilledIn: Level | undefined;
  readonly differences: readonly LevelDifferences[];
}

/** The way of one namespace from its policies to a level. */
export interface NamespaceMigration extends PolicyMigration {
  readonly namespace: string;
  /** The strictest level that admits all that is admitted now, the pods of the tree and whatever its policies admit. Undefined where nothing is. */
  readonly level: Level | undefined;
  /** The strictest level that the admitted pods of the tree pass; undefined without any. */
  readonly podsLevel: Level | undefined;
  readonly pods: readonly KeptPod[];
  /** The labels to write. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The way of a cluster from PodSecurityPolicy to Pod Security Admission. */
export interface ClusterMigration {
  readonly cluster: Cluster;
  readonly servers: MigrationServers;
  readonly namespaces: readonly NamespaceMigration[];
  /** Policies that may be used in none of these namespaces, each by itself. */
  readonly others: readonly PolicyMigration[];
}

/** Works out for every namespace of the manifests which level keeps admitted what its policies admit, and what the level would do otherwise. */
export function migrateCluster(cluster: Cluster): ClusterMigration {
  const servers = migrationServers(cluster);
  const migrations = new Map<string, PolicyMigration>();
  const migrate = (policies: readonly Provider[]): PolicyMigration => {
    const key = policies.map(({ name }) => name).join('\n');
    let migration = migrations.get(key);
    if (migration === undefined) migrations.set(key, (migration = migratePolicies(policies, servers)));
    return migration;
  };
  const providers = compiledPolicies(servers.psp).flatMap((policy) => ('providerError' in policy ? [] : [policy]));
  const namespaces = namespacesToMigrate(servers.psp).map((namespace) => {
    const usable = policiesUsableIn(servers.psp, namespace);
    return migrateNamespace(namespace, migrate(providers.filter(({ name }) => usable(name))), servers);
  });
  const used = new Set(namespaces.flatMap(({ policies }) => policies));
  const others = providers.filter(({ name }) => !used.has(name)).map((policy) => migrate([policy]));
  return { cluster, servers, namespaces, others };
}

/** The same for some policies, regardless of who may use them. */
export function migratePolicies(policies: readonly Provider[], servers: MigrationServers): PolicyMigration {
  const names = policies.map(({ name }) => name);
  if (policies.length === 0) {
    return { policies: names, keepsAll: undefined, keepsFilledIn: undefined, differences: [] };
  }
  const differences = levelDifferences(policies, servers);
  const [keepsAll, keepsFilledIn] = [keepingLevel(differences, false), keepingLevel(differences, true)];
  return { policies: names, keepsAll, keepsFilledIn, differences };
}

/** The namespaces with a manifest, and those that something in the tree lives in. */
function namespacesToMigrate(cluster: Cluster): readonly string[] {
  const withPods = new Set(podsOf(cluster).map(({ namespace }) => namespace));
  const named = [...namespacesOf(cluster).values()].filter(
    ({ name, object, assumed }) => assumed || !('implicit' in object) || withPods.has(name),
  );
  return named.map(({ name }) => name).sort();
}

function migrateNamespace(
  namespace: string,
  migration: PolicyMigration,
  servers: MigrationServers,
): NamespaceMigration {
  const pods = podsOf(servers.psp)
    .filter((source) => source.namespace === namespace)
    .filter((source) => judgePod(servers.psp, source).decision === 'admitted')
    .map((source) => ({ source, violations: judgeByLevels(servers, meetPod(servers, source.pod)) }));
  const podsLevel = pods.length === 0 ? undefined : levelOf(pods);
  const level = laxer(migration.keepsAll, podsLevel);
  const labels = level === undefined ? {} : labelsFor(level, podsLevel ?? level, servers.version);
  return { ...migration, namespace, level, podsLevel, pods, labels };
}

function levelOf(pods: readonly KeptPod[]): Level {
  const passed = (level: Level) =>
    level === 'privileged' || pods.every(({ violations }) => violations[level].length === 0);
  return LEVELS.findLast(passed) ?? 'privileged';
}

function laxer(left: Level | undefined, right: Level | undefined): Level | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return compareLevels(left, right) <= 0 ? left : right;
}

/** Enforces one level, and tells of what a stricter one, which the pods of the tree pass, would refuse. */
function labelsFor(level: Level, wanted: Level, version: string): Readonly<Record<string, string>> {
  const told = compareLevels(wanted, level) > 0 ? wanted : level;
  return Object.fromEntries(
    MODES.flatMap((mode) => [
      [levelLabel(mode), mode === 'enforce' ? level : told],
      [versionLabel(mode), version],
    ]),
  );
}
