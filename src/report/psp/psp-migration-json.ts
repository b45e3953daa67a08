import { pspInForce } from '../../cluster/components/psp-in-force.ts';
import { formatKubernetesVersion } from '../../cluster/components/target-version.ts';
import type { LevelDifferences } from '../../engines/migrate/differences.ts';
import type { ClusterMigration, KeptPod, PolicyMigration } from '../../engines/migrate/migrate-cluster.ts';
import { formatFieldPath } from '../../text/tree.ts';

/** `psp migrate --format json`: everything that is worked out, each difference with its example. */
export function renderMigrationJson(migrations: readonly ClusterMigration[]): string {
  const value = {
    version: 1,
    clusters: migrations.map(({ cluster, servers, namespaces, others }) => ({
      name: cluster.name,
      kubernetesVersion: formatKubernetesVersion(cluster.version.value),
      podSecurityPolicy: { state: pspInForce(cluster).value, origin: pspInForce(cluster).origin },
      policiesJudgedAs: formatKubernetesVersion(servers.psp.version.value),
      levelsJudgedAs: formatKubernetesVersion(servers.psa.version.value),
      namespaces: namespaces.map((each) => ({
        namespace: each.namespace,
        level: each.level ?? null,
        podsPass: each.podsLevel ?? null,
        labels: each.labels,
        pods: each.pods.map(podValue),
        ...policyValue(each),
      })),
      otherPolicies: others.map(policyValue),
    })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function podValue({ source, violations }: KeptPod) {
  const { owner, namespace } = source;
  const texts = (level: 'baseline' | 'restricted') =>
    violations[level].map(({ check, reason, detail }) => ({ check, reason, detail }));
  return {
    namespace,
    name: source.name,
    owner: { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name },
    file: owner.document.file.path,
    refusedBy: { baseline: texts('baseline'), restricted: texts('restricted') },
  };
}

function policyValue({ policies, keepsAll, keepsFilledIn, differences }: PolicyMigration) {
  return {
    policies,
    keepsAll: keepsAll ?? null,
    keepsFilledIn: keepsFilledIn ?? null,
    levels: differences.map(levelValue),
  };
}

function levelValue({ level, refuses, admits }: LevelDifferences) {
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
      refusals: refusals.map(({ policy, message }) => ({ policy, message })),
      example,
    })),
  };
}
