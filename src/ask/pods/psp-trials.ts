import type { Cluster, UserInfo } from '../../cluster/index/cluster.ts';
import { judgePod, type PodJudgement, policyChange, type PspDecision } from '../../engines/admission/psp-judgement.ts';
import type { PolicyTrial } from '../../engines/psp/evaluate-pod.ts';
import { type AuthorizedBy, policyUse } from '../../engines/psp/policy-use.ts';
import { type PlaceValue, placeValue, type ReasonValue, reasonValue } from '../values/reason-value.ts';
import { type PspClusterValue, pspClusterValue } from './cluster-value.ts';
import { type FieldChange, jsonDiff } from './json-diff.ts';
import { type CreatorValue, creatorValue, type PodValue, podValue } from './pod-value.ts';
import type { Assumption } from '../../engines/verdict.ts';
import { unknownPolicyGrounds } from './unknown-grounds.ts';
import { askedPods, type PodsRequest } from './pods-named.ts';

/** What `psp matrix` answers: what `--format json` prints. */
export interface PspMatrixValue<P extends PspPodValue = PspPodValue> {
  readonly version: 1;
  readonly clusters: readonly (PspClusterValue & { readonly pods: readonly P[] })[];
}

/** What the PodSecurityPolicy plugin makes of the pods of one manifest; where it is off, what it would do. */
export interface PspPodValue<T extends PspTrialValue = PspTrialValue> extends PodValue {
  /** The name of the ServiceAccount that it runs as. */
  readonly account: string;
  /** The user who creates it; '' where only groups are known. */
  readonly creator: string;
  /** `unusable`: nobody who is asked may use any policy; `unjudged`: refused before the plugin was asked, or not looked at. */
  readonly decision: PspDecision;
  /** The policy that admits it; '' where none does. */
  readonly policy: string;
  /** The server's refusal; '' of an admitted pod. */
  readonly message: string;
  /** Values that are not known, and on which the decision rests. */
  readonly assumptions: readonly Assumption[];
  /** Every policy, in the order in which they are tried. */
  readonly policies: readonly T[];
}

/** What one policy makes of a pod, whether or not it may be used. */
export interface PspTrialValue {
  readonly name: string;
  /** Whose right lets it judge the pod; '' where it may not be used. */
  readonly mayUse: AuthorizedBy;
  readonly admits: boolean;
  /** Its defaults change the pod. */
  readonly mutates: boolean;
  /** Why it refuses the pod; why it is never used. */
  readonly errors: readonly string[];
  /** Present on a policy that the plugin cannot use at all. */
  readonly neverUsed?: true;
}

/** The same with who is asked, where each refusal stands, and what the chosen policy changes: what `psp explain` answers. */
export interface ExplainedPspPodValue extends PspPodValue<ExplainedTrialValue> {
  readonly createdBy: CreatorValue;
  /** Names of those whose right counts. */
  readonly askedUsers: readonly string[];
  /** The same with their groups; absent where the plugin was not asked. */
  readonly asked?: { readonly account?: UserInfo; readonly user: UserInfo };
  readonly changes: readonly FieldChange[];
}

/** A trial with its places in the manifests. */
export interface ExplainedTrialValue extends PspTrialValue {
  readonly at: PlaceValue | Record<string, never>;
  /** The bindings and roles that let it judge the pod. */
  readonly usedBecause: readonly ReasonValue[];
  /** `errors`, each with the field of the policy. */
  readonly refusals: readonly { readonly message: string; readonly at: PlaceValue | Record<string, never> }[];
}

type Clusters = readonly { readonly cluster: Cluster }[];

/**
 * Every pod and every policy: may it be used, would it admit the pod, which one is chosen.
 * @throws UsageError for a name that no pod has.
 */
export function pspMatrix(clusters: Clusters, request: PodsRequest = {}): PspMatrixValue {
  return answer(clusters, request, (cluster, judgement) => pspPodValue(cluster, judgement, trialValue));
}

/**
 * Why each pod gets the policy that it gets, and what that changes in it.
 * @throws UsageError for a name that no pod has.
 */
export function pspExplain(clusters: Clusters, request: PodsRequest = {}): PspMatrixValue<ExplainedPspPodValue> {
  return answer(clusters, request, explainedValue);
}

function answer<P extends PspPodValue>(
  clusters: Clusters,
  request: PodsRequest,
  value: (cluster: Cluster, judgement: PodJudgement) => P,
): PspMatrixValue<P> {
  return {
    version: 1,
    clusters: askedPods(clusters, request).map(({ cluster, pods }) => ({
      ...pspClusterValue(cluster),
      pods: pods.map((source) => value(cluster, judgePod(cluster, source))),
    })),
  };
}

function pspPodValue<T extends PspTrialValue>(
  cluster: Cluster,
  judgement: PodJudgement,
  trial: (trial: PolicyTrial) => T,
): PspPodValue<T> {
  const { source, decision, message, trials, chosen } = judgement;
  return {
    ...podValue(source),
    account: source.accountName,
    creator: source.creator.user.value.name,
    decision,
    policy: chosen?.name ?? '',
    message,
    assumptions: unknownPolicyGrounds(cluster, judgement),
    policies: trials.map(trial),
  };
}

function trialValue({ name, authorizedBy, mutates, errors, providerError }: PolicyTrial): PspTrialValue {
  return {
    name,
    mayUse: authorizedBy,
    admits: providerError === '' && errors.length === 0,
    mutates,
    errors: providerError === '' ? errors.map(({ message }) => message) : [providerError],
    ...(providerError === '' ? {} : { neverUsed: true }),
  };
}

function explainedValue(cluster: Cluster, judgement: PodJudgement): ExplainedPspPodValue {
  const { source, users } = judgement;
  const { account, user } = users ?? {};
  const change = policyChange(cluster, judgement);
  return {
    ...pspPodValue(cluster, judgement, (trial) => explainedTrial(cluster, judgement, trial)),
    createdBy: creatorValue(source),
    askedUsers: [account?.name, user?.name].filter((name) => name !== undefined),
    ...(user === undefined ? {} : { asked: { ...(account === undefined ? {} : { account }), user } }),
    changes: change === undefined ? [] : jsonDiff(change.before, change.after),
  };
}

function explainedTrial(cluster: Cluster, { users }: PodJudgement, trial: PolicyTrial): ExplainedTrialValue {
  const { object } = trial.policy.stored;
  const who = trial.authorizedBy === 'serviceAccount' ? users?.account : users?.user;
  const use =
    trial.authorizedBy === '' || who === undefined || users === undefined
      ? undefined
      : policyUse(cluster, who, trial.name, users.namespace);
  return {
    ...trialValue(trial),
    at: placeValue({ object, path: [] }),
    usedBecause: (use?.because ?? []).map(reasonValue),
    refusals: trial.errors.map(({ message, policyPath }) => ({
      message,
      at: placeValue({ object, path: policyPath }),
    })),
  };
}
