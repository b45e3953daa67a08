import { pluginsInForce } from '../../cluster/components/plugins-in-force.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { admitPods, type PodAdmission } from '../../engines/admission/admit-pods.ts';
import type { GateVerdict } from '../../engines/admission/chain.ts';
import type { StartDecision } from '../../engines/start/judge-start.ts';
import type { Assumption } from '../../engines/verdict.ts';
import { type PlaceValue, placeValue, type ReasonValue, reasonValue } from '../values/reason-value.ts';
import { type AdmissionOutcome, admissionOutcome, admissionWords } from './admit-outcome.ts';
import { type ClusterValue, clusterValue } from './cluster-value.ts';
import { type FieldChange, jsonDiff } from './json-diff.ts';
import { type CreatorValue, creatorValue, type PodValue, podValue } from './pod-value.ts';
import { unknownGrounds } from './unknown-grounds.ts';
import { askedPods, type PodsRequest } from './pods-named.ts';

/** What `admit` answers: what `--format json` prints. */
export interface AdmitValue<P extends PodAdmissionValue = PodAdmissionValue> {
  readonly version: 1;
  readonly clusters: readonly AdmittedClusterValue<P>[];
}

/** A cluster with what becomes of each of its pods, in the order of the manifests. */
export interface AdmittedClusterValue<P extends PodAdmissionValue = PodAdmissionValue> extends ClusterValue {
  /** The admission plugins that are on, or of which it is not known, in the order in which they run. */
  readonly plugins: readonly {
    readonly name: string;
    readonly state: 'on' | 'off' | 'unknown';
    readonly origin: string;
  }[];
  readonly pods: readonly P[];
}

/** What becomes of the pods of one manifest. */
export interface PodAdmissionValue extends PodValue {
  readonly createdBy: CreatorValue;
  /** `partly`: not all of its replicas fit into the quotas beside what comes before it; `unknown`: it rests on values that are not known. */
  readonly decision: PodAdmission['decision'] | 'unknown';
  /** The decision together with what the kubelet makes of it: `runs` and `perhaps` are admitted, `unmirrored` is a static pod. */
  readonly class: AdmissionOutcome;
  /** The same as text. */
  readonly outcome: string;
  /** What the server says about the first refusal; '' where there is none. */
  readonly message: string;
  /** The plugins that refuse it, in the order in which they are asked, each with the server's words. */
  readonly refusedBy: readonly { readonly plugin: string; readonly message: string }[];
  /** Why the API server refuses the manifest itself, or what its validation has against the pod, whatever admission says. */
  readonly validationErrors: readonly string[];
  /** The PodSecurityPolicy that admits it; '' where none does. */
  readonly policy: string;
  readonly auditAnnotations: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  /** How many replicas the quotas of the namespace admit; absent where none counts them. */
  readonly quota?: QuotaValue;
  /** What the kubelet makes of the pod; absent of a refused one. */
  readonly kubelet?: KubeletValue;
  /** Webhooks and policies of other engines that are asked too, whose answers no manifest tells. */
  readonly othersDecide: readonly OtherDeciderValue[];
  readonly assumptions: readonly AdmissionAssumption[];
  /** The objects and fields that decided. */
  readonly because: readonly ReasonValue[];
}

/** The same with every gate: what `admit explain` answers. */
export interface ExplainedAdmissionValue extends PodAdmissionValue {
  /** The passes of the plugins that ran, in order. */
  readonly gates: readonly GateValue[];
  /** Plugins that may have a say and cannot be decided from manifests, such as webhooks. */
  readonly notAsked: readonly string[];
}

/** Somebody who decides beside the API server. */
export interface OtherDeciderValue {
  /** The webhook's or the policy's name: the key for `settings.assume.mutatedBy`. */
  readonly name: string;
  /** `MutatingWebhookConfiguration \`x\` (webhook \`y\`)`. */
  readonly title: string;
  readonly mayChange: boolean;
  readonly mayRefuse: boolean;
  /** Whether the manifests show that it is asked; else it may be. */
  readonly certain: boolean;
  readonly at: PlaceValue | Record<string, never>;
}

/** How many replicas fit into quotas, and the first refusal. */
export interface QuotaValue {
  readonly admitted: number;
  readonly wanted: number;
  /** '' where all are admitted. */
  readonly message: string;
  readonly because: readonly ReasonValue[];
}

/** Whether the kubelet starts a pod. */
export interface KubeletValue {
  readonly decision: StartDecision;
  readonly message: string;
  readonly containers: readonly ContainerValue[];
}

/** Whether the kubelet starts one container. */
export interface ContainerValue {
  readonly container: string;
  readonly image: string;
  /** Who it runs as, where that is known. */
  readonly user: string;
  readonly decision: StartDecision;
  readonly message: string;
  /** What the kubelet refuses, in few words: `image user 0`; '' where it does not. */
  readonly cause: string;
  /** The field that decides. */
  readonly at: PlaceValue | Record<string, never>;
}

/** What was assumed because the manifests do not say. */
export interface AdmissionAssumption extends Assumption {
  /** Whether the API server's or the kubelet's verdict rests on it. */
  readonly of: 'admission' | 'kubelet';
}

/** One pass of one plugin. */
export interface GateValue {
  readonly plugin: string;
  readonly phase: GateVerdict['phase'];
  /** Present where it refuses. */
  readonly message?: string;
  readonly because?: readonly ReasonValue[];
  /** What it changes in the pod. */
  readonly changes: readonly FieldChange[];
}

type Clusters = readonly { readonly cluster: Cluster }[];

/**
 * What becomes of every pod that manifests lead to: the gates of admission, how many replicas quotas admit, and whether the kubelet starts it.
 * @throws UsageError for a name that no pod has.
 */
export function admit(clusters: Clusters, request: PodsRequest = {}): AdmitValue {
  return answer(clusters, request, admissionValue);
}

/**
 * The same with what every gate changed and said.
 * @throws UsageError for a name that no pod has.
 */
export function admitExplain(clusters: Clusters, request: PodsRequest = {}): AdmitValue<ExplainedAdmissionValue> {
  return answer(clusters, request, (pod, cluster) => ({
    ...admissionValue(pod, cluster),
    gates: pod.verdict.gates.map(gateValue),
    notAsked: pod.verdict.notJudged,
  }));
}

function answer<P extends PodAdmissionValue>(
  clusters: Clusters,
  request: PodsRequest,
  value: (pod: PodAdmission, cluster: Cluster) => P,
): AdmitValue<P> {
  return {
    version: 1,
    clusters: askedPods(clusters, request).map(({ cluster, pods }) => {
      const asked = new Set(pods);
      return {
        ...clusterValue(cluster),
        plugins: pluginsInForce(cluster)
          .filter((plugin) => plugin.value !== 'off')
          .map(({ name, value: state, origin }) => ({ name, state, origin })),
        pods: admitPods(cluster)
          .filter(({ source }) => asked.has(source))
          .map((pod) => value(pod, cluster)),
      };
    }),
  };
}

function admissionValue(pod: PodAdmission, cluster: Cluster): PodAdmissionValue {
  const { source, message, verdict, refusals, ofOwner, invalid, quota, start, others, assumptions } = pod;
  const unknown = unknownGrounds(cluster, pod);
  const decision = unknown.length > 0 ? 'unknown' : pod.decision;
  const ofKubelet = new Set(start?.assumptions);
  return {
    ...podValue(source),
    createdBy: creatorValue(source),
    decision,
    class: admissionOutcome(pod, unknown),
    outcome: admissionWords(pod, unknown),
    message: decision === 'unknown' ? '' : message,
    refusedBy: (decision === 'unknown' ? [] : refusals).map(({ plugin, rejection }) => ({
      plugin,
      message: rejection?.message ?? '',
    })),
    validationErrors: (invalid?.causes ?? []).map((cause) => cause.message),
    policy: verdict.psp?.chosen?.name ?? '',
    auditAnnotations: verdict.auditAnnotations,
    warnings: verdict.warnings,
    ...(quota === undefined ? {} : { quota: quotaValue(quota) }),
    ...(start === undefined ? {} : { kubelet: kubeletValue(pod, start) }),
    othersDecide: others.map(({ decider, isCertain: certain }) => {
      const { name, title, mayChange, mayRefuse, object, path } = decider;
      return { name, title, mayChange, mayRefuse, certain, at: placeValue({ object, path }) };
    }),
    assumptions: [...unknown, ...assumptions].map((each) => ({
      sentence: each.sentence,
      decide: each.decide,
      of: ofKubelet.has(each) ? 'kubelet' : 'admission',
    })),
    because: [...(ofOwner?.rejection?.because ?? []), ...verdict.because, ...(invalid?.because ?? [])].map(reasonValue),
  };
}

function quotaValue({ admitted, wanted, rejection }: NonNullable<PodAdmission['quota']>): QuotaValue {
  return { admitted, wanted, message: rejection?.message ?? '', because: (rejection?.because ?? []).map(reasonValue) };
}

function kubeletValue({ source }: PodAdmission, start: NonNullable<PodAdmission['start']>): KubeletValue {
  return {
    decision: start.decision,
    message: start.message,
    containers: start.containers.map(({ container, image, user, decision, message, cause, path }) => ({
      container,
      image,
      user,
      decision,
      message,
      cause,
      at: placeValue(source.placeOf(path)),
    })),
  };
}

function gateValue({ plugin, phase, rejection, change }: GateVerdict): GateValue {
  return {
    plugin,
    phase,
    ...(rejection === undefined ? {} : { message: rejection.message, because: rejection.because.map(reasonValue) }),
    changes: change === undefined ? [] : jsonDiff(change.before, change.after),
  };
}
