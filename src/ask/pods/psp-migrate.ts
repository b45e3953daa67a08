import { formatKubernetesVersion } from '../../cluster/components/target-version.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import type { LevelDifferences } from '../../engines/migrate/differences.ts';
import type { Level } from '../../engines/psa/level.ts';
import {
  type ClusterMigration,
  type KeptPod,
  migrateCluster,
  type PolicyMigration,
} from '../../engines/migrate/migrate-cluster.ts';
import type { JsonObject } from '../../model/object.ts';
import { formatFieldPath } from '../../text/tree.ts';
import { type PspClusterValue, pspClusterValue } from './cluster-value.ts';
import { type PodValue, podValue } from './pod-value.ts';

/** What `psp migrate` answers: what `--format json` prints. */
export interface PspMigrateValue {
  readonly version: 1;
  readonly clusters: readonly MigrationValue[];
}

/** The way of a cluster from PodSecurityPolicy to Pod Security Admission. */
export interface MigrationValue extends PspClusterValue {
  /** The version whose PodSecurityPolicy plugin was asked: `1.24`. */
  readonly policiesJudgedAs: string;
  /** The version whose Pod Security Admission was asked: `1.25`. */
  readonly levelsJudgedAs: string;
  /** The version that the labels pin levels to: `v1.25`. */
  readonly pinnedVersion: string;
  readonly namespaces: readonly NamespaceMigrationValue[];
  /** Policies that may be used in none of these namespaces, each by itself. */
  readonly otherPolicies: readonly PolicyMigrationValue[];
}

/** What some policies admit between them, against the levels. */
export interface PolicyMigrationValue {
  readonly policies: readonly string[];
  /** The strictest level that admits every pod that the policies admit; null where they admit none. */
  readonly keepsAll: Level | null;
  /** The same once pods say themselves what the policies fill in. */
  readonly keepsFilledIn: Level | null;
  readonly levels: readonly LevelValue[];
}

/** The way of one namespace. */
export interface NamespaceMigrationValue extends PolicyMigrationValue {
  readonly namespace: string;
  /** The strictest level that admits all that is admitted now; null where nothing is. */
  readonly level: Level | null;
  /** The strictest level that the admitted pods of the manifests pass; null without any. */
  readonly podsPass: Level | null;
  /** The labels to write. */
  readonly labels: Readonly<Record<string, string>>;
  readonly pods: readonly KeptPodValue[];
}

/** A pod that the policies admit, and what the levels have against it. */
export interface KeptPodValue extends PodValue {
  readonly refusedBy: Readonly<Record<'baseline' | 'restricted', readonly ViolationValue[]>>;
}

/** What a check of the Pod Security Standards has against a pod. */
export interface ViolationValue {
  readonly check: string;
  readonly reason: string;
  readonly detail: string;
}

/** How what a level admits differs from what policies admit, each difference with a pod that shows it. */
export interface LevelValue {
  readonly level: Level;
  readonly newlyRefuses: readonly (ViolationValue & {
    readonly onlyWhatPoliciesFillIn: boolean;
    readonly example: JsonObject;
  })[];
  readonly newlyAdmits: readonly {
    /** The field of the policies that refuses such pods: `spec.runAsUser`. */
    readonly control: string;
    /** What the policies say about the example, each with its own field. */
    readonly refusals: readonly { readonly policy: string; readonly control: string; readonly message: string }[];
    readonly example: JsonObject;
  }[];
}

/** For every namespace the Pod Security level that keeps admitted what its policies admit, and what the level would do otherwise. */
export function pspMigrate(clusters: readonly { readonly cluster: Cluster }[]): PspMigrateValue {
  return { version: 1, clusters: clusters.map(({ cluster }) => migrationValue(migrateCluster(cluster))) };
}

function migrationValue({ cluster, servers, namespaces, others }: ClusterMigration): MigrationValue {
  return {
    ...pspClusterValue(cluster),
    policiesJudgedAs: formatKubernetesVersion(servers.psp.version.value),
    levelsJudgedAs: formatKubernetesVersion(servers.psa.version.value),
    pinnedVersion: servers.version,
    namespaces: namespaces.map((each) => ({
      namespace: each.namespace,
      level: each.level ?? null,
      podsPass: each.podsLevel ?? null,
      labels: each.labels,
      pods: each.pods.map(keptPodValue),
      ...policyValue(each),
    })),
    otherPolicies: others.map(policyValue),
  };
}

function keptPodValue({ source, violations }: KeptPod): KeptPodValue {
  const texts = (level: 'baseline' | 'restricted') =>
    violations[level].map(({ check, reason, detail }) => ({ check, reason, detail }));
  return { ...podValue(source), refusedBy: { baseline: texts('baseline'), restricted: texts('restricted') } };
}

function policyValue({ policies, keepsAll, keepsFilledIn, differences }: PolicyMigration): PolicyMigrationValue {
  return {
    policies,
    keepsAll: keepsAll ?? null,
    keepsFilledIn: keepsFilledIn ?? null,
    levels: differences.map(levelValue),
  };
}

function levelValue({ level, refuses, admits }: LevelDifferences): LevelValue {
  return {
    level,
    newlyRefuses: refuses.map(({ check, violation, filledIn, example }) => ({
      check,
      reason: violation.reason,
      detail: violation.detail,
      onlyWhatPoliciesFillIn: filledIn,
      example,
    })),
    newlyAdmits: admits.map(({ control, refusals, example }) => ({
      control: formatFieldPath(control),
      refusals: refusals.map((each) => ({
        policy: each.policy,
        control: formatFieldPath(each.control),
        message: each.message,
      })),
      example,
    })),
  };
}
