import { listed } from '../../../lang/listed.ts';
import { once } from '../../../lang/once.ts';
import { atVersion } from '../../../cluster/index/at-version.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import {
  formatKubernetesVersion,
  lastPodSecurityPolicyMinor,
  parseKubernetesVersion,
} from '../../../cluster/components/target-version.ts';
import { migrationServers } from '../../../engines/migrate/judging/judge-both.ts';
import { compiledPolicies } from '../../../engines/psp/policy-index.ts';
import { describePod } from '../../words/describe-pod.ts';
import { judgePod } from '../../../engines/admission/psp-judgement.ts';
import { podVerdict, type PodVerdict } from './pod-verdict.ts';
import type { PolicySubject } from './policy-subject.ts';
import { migratePolicies, type PolicyMigration } from '../../../engines/migrate/migrate-cluster.ts';
import type { FactContext } from '../fact-context.ts';

/** Another version of Kubernetes for the same manifests. */
export interface OtherVersion {
  /** `1.25`. */
  readonly name: string;
  /** Whether it has PodSecurityPolicy. */
  readonly hasPolicies: boolean;
  /** What the policies make of a pod there. */
  judge(pod: PodSource): PodVerdict;
}

/** Questions about leaving a version, or PodSecurityPolicy. */
export interface MigrationFacts {
  /** The version of the cluster: `1.24`. */
  readonly from: string;
  /** The version of that name; undefined for what is none. */
  version(name: string): OtherVersion | undefined;
  /** The levels against what one policy admits; undefined for one that cannot be used. */
  of(policy: PolicySubject): PolicyMigration | undefined;
  /** Some pods, to stand in a message. */
  list(pods: readonly PodSource[]): string;
}

const SHOWN = 3;

/** Answers by the PSP engine as other versions have it, and by the comparison of both engines. */
export function migrationFacts({ cluster }: FactContext): MigrationFacts {
  // Other versions may refuse other manifests, so that all of them are asked again.
  const servers = once(() => migrationServers(cluster));
  return {
    from: formatKubernetesVersion(cluster.version.value),
    version: (name) => {
      const version = parseKubernetesVersion(name);
      if (version === undefined) return undefined;
      const other = atVersion(cluster, version.minor, 'asked for');
      return {
        name: formatKubernetesVersion(version),
        hasPolicies: version.minor <= lastPodSecurityPolicyMinor,
        judge: (pod) => podVerdict(judgePod(other, pod)),
      };
    },
    of: ({ name }) => {
      const policy = compiledPolicies(servers().psp).find((each) => each.name === name);
      return policy === undefined || 'providerError' in policy ? undefined : migratePolicies([policy], servers());
    },
    list: (pods) => listed([...new Set(pods.map(describePod))], SHOWN),
  };
}
