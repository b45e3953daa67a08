import { record } from '../../model/json.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { podsOf } from '../../cluster/pods/pods-of.ts';
import { isPluginOn } from '../../cluster/components/plugins-in-force.ts';
import { judgeStart, type StartVerdict } from '../start/judge-start.ts';
import type { Assumption } from '../verdict.ts';
import type { AdmissionVerdict, GateVerdict } from './chain.ts';
import { podInvalidity, type PodInvalidity } from './invalid-pods.ts';
import { othersOfPod, type TakenBy } from './others/others-of.ts';
import { podAdmission } from './pod-admission.ts';
import { policyGateOfObject } from './policy-gates.ts';
import { quotaTally, type QuotaFit } from './quota-tally.ts';

/** What becomes of the pods of one manifest. */
export interface PodAdmission {
  readonly source: PodSource;
  /**
   * `admitted`: all gates let the pod pass; `partly`: not all of its replicas fit into the quotas beside what comes before them;
   * `refused`: by a gate, or by what the API asks of any pod.
   */
  readonly decision: 'admitted' | 'partly' | 'refused';
  /** What the server says about the first refusal; '' where there is none. */
  readonly message: string;
  /** The chain's verdict about one pod; every gate was asked, also after a refusal. */
  readonly verdict: AdmissionVerdict;
  /** The gates that refuse, in the order in which they are asked, each once; that of `ofOwner` first. */
  readonly refusals: readonly GateVerdict[];
  /** The gate that refuses the workload whose pods these are, so that nobody creates them; undefined where none does. */
  readonly ofOwner: GateVerdict | undefined;
  /** What the API server's validation has against the pod or its workload; undefined where nothing. */
  readonly invalid: PodInvalidity | undefined;
  /** How many replicas fit into the quotas of the namespace; undefined where none counts them. */
  readonly quota: QuotaFit | undefined;
  /** What the kubelet makes of the pod as admission leaves it, of a static pod as it is written; undefined for one that is refused. */
  readonly start: StartVerdict | undefined;
  /** Who else decides about the pod, whose answers no manifest tells. */
  readonly others: readonly TakenBy[];
  readonly assumptions: readonly Assumption[];
}

/** Takes every pod that linted manifests lead to through the admission of their cluster, and asks whether the admitted ones start. */
export function admitPods(cluster: Cluster): readonly PodAdmission[] {
  return podsOf(cluster)
    .filter(({ owner }) => !cluster.context.has(owner))
    .map((source) => admitPod(cluster, source));
}

const QUOTA = 'ResourceQuota';

function admitPod(cluster: Cluster, source: PodSource): PodAdmission {
  // The tree is not there yet: what is asked of quotas is how much of all of it fits, each manifest counted once.
  const verdict = podAdmission(cluster, source);
  const ownerGate = source.templatePath.length === 0 ? undefined : policyGateOfObject(cluster, source.owner);
  const ofOwner = ownerGate?.rejection === undefined ? undefined : ownerGate;
  const ofPod = verdict.gates.filter(({ rejection }) => rejection !== undefined);
  const refusing = ofOwner === undefined ? ofPod : [ofOwner, ...ofPod];
  const refusals = refusing.filter(
    (gate, index) => refusing.findIndex(({ plugin }) => plugin === gate.plugin) === index,
  );
  const quota = isPluginOn(cluster, QUOTA)
    ? quotaTally(cluster, source.namespace).find((fit) => fit.source === source)
    : undefined;
  const invalid = podInvalidity(cluster, source);
  const isForbidden = ofOwner !== undefined || verdict.decision === 'deny' || invalid !== undefined;
  const isRefused = isForbidden || (quota !== undefined && quota.wanted > 0 && quota.admitted === 0);
  const isPart = !isRefused && quota !== undefined && quota.admitted < quota.wanted;
  // A static pod runs as its file has it, whatever becomes of its mirror.
  const started = source.creator.kind === 'kubelet' ? source.pod : isRefused ? undefined : verdict.object;
  const start = started === undefined ? undefined : judgeStart(cluster, source, record(started.spec));
  return {
    source,
    decision: isRefused ? 'refused' : isPart ? 'partly' : 'admitted',
    message: firstOf(
      invalid?.ofOwner === true ? invalid.message : '',
      ofOwner?.rejection?.message,
      // Validation comes between the two passes of the plugins.
      ...(verdict.phase === 'admit' ? [verdict.message, invalid?.message] : [invalid?.message, verdict.message]),
      quota?.rejection?.message,
    ),
    verdict,
    refusals,
    ofOwner,
    invalid,
    quota,
    start,
    others: othersOfPod(cluster, source),
    assumptions: [...verdict.assumptions, ...(start?.assumptions ?? [])],
  };
}

/** The first text that is not empty. */
function firstOf(...texts: readonly (string | undefined)[]): string {
  return texts.find((text) => text !== undefined && text !== '') ?? '';
}
