import type { Cluster } from '../../cluster/index/cluster.ts';
import { psaInForce } from '../../cluster/components/psa-in-force.ts';
import { judgePodByPsa, type PsaJudgement } from '../../engines/admission/psa-judgement.ts';
import { formatLevelVersion } from '../../engines/psa/evaluate-pod.ts';
import type { Mode } from '../../engines/psa/namespace-policy.ts';
import type { Assumption } from '../../engines/verdict.ts';
import { type ReasonValue, reasonValue } from '../values/reason-value.ts';
import { type ClusterValue, clusterValue } from './cluster-value.ts';
import { type PodValue, podValue } from './pod-value.ts';
import { askedPods, type PodsRequest } from './pods-named.ts';

/** What Pod Security Admission decides about all pods. */
export interface PsaValue {
  readonly version: 1;
  readonly clusters: readonly (ClusterValue & {
    /** Whether the plugin is on: where it is off, everything is allowed. */
    readonly podSecurity: { readonly isOn: boolean; readonly origin: string };
    readonly pods: readonly PsaPodValue[];
  })[];
}

/** What Pod Security Admission decides about the pods of one manifest; a template is judged as its pods will be. */
export interface PsaPodValue extends PodValue {
  readonly decision: 'allow' | 'deny';
  /** The server's refusal; '' of an allowed pod. */
  readonly message: string;
  readonly warnings: readonly string[];
  readonly auditAnnotations: Readonly<Record<string, string>>;
  /** What the namespace holds pods to: `restricted:latest`. */
  readonly levels: Readonly<Record<Mode, string>>;
  /** PodSecurityPolicy, which comes first where both are on, refuses the pod: the verdict is about the pod as it is written. */
  readonly refusedBefore: boolean;
  readonly because: readonly ReasonValue[];
  readonly assumptions: readonly Assumption[];
}

/**
 * What Pod Security Admission decides about every pod that manifests lead to.
 * @throws UsageError for a name that no pod has.
 */
export function psa(clusters: readonly { readonly cluster: Cluster }[], request: PodsRequest = {}): PsaValue {
  return {
    version: 1,
    clusters: askedPods(clusters, request).map(({ cluster, pods }) => {
      const { value, origin } = psaInForce(cluster);
      return {
        ...clusterValue(cluster),
        podSecurity: { isOn: value, origin },
        pods: pods.map((source) => psaPodValue(judgePodByPsa(cluster, source))),
      };
    }),
  };
}

function psaPodValue({ source, verdict, refusedBefore }: PsaJudgement): PsaPodValue {
  const { decision, message, response, namespacePolicy, because, assumptions } = verdict;
  const level = (mode: Mode) => formatLevelVersion(namespacePolicy.policy[mode]);
  return {
    ...podValue(source),
    decision,
    message,
    warnings: response.warnings,
    auditAnnotations: response.auditAnnotations,
    levels: { enforce: level('enforce'), audit: level('audit'), warn: level('warn') },
    refusedBefore,
    because: because.map(reasonValue),
    assumptions,
  };
}
