import type { Cluster, UserInfo } from '../../cluster/index/cluster.ts';
import { isPluginOn } from '../../cluster/components/plugins-in-force.ts';
import { type AdmissionRequest, admissionRequestOf } from '../../cluster/pods/admission-request.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { memo } from '../../lang/memo.ts';
import type { JsonObject } from '../../model/object.ts';
import type { PolicyTrial } from '../psp/evaluate-pod.ts';
import type { PolicyUsers } from '../psp/policy-use.ts';
import { judgementReasons } from '../psp/verdict-reasons.ts';
import type { Verdict } from '../verdict.ts';
import { type AdmissionVerdict, type GateVerdict, runAdmission } from './chain.ts';
import { gatesOf, podAdmission, refusalBy } from './pod-admission.ts';
import { storeObject } from './store-object.ts';

/**
 * `unusable`: refused because nobody who is asked may use any policy; `forbidden`: refused by every policy that may be used; `unjudged`:
 * refused before the plugin was asked, or the plugin does not look at it.
 */
export type PspDecision = 'admitted' | 'forbidden' | 'unusable' | 'unjudged';

/** What the PodSecurityPolicy plugin makes of one pod of the tree, when it is created. */
export interface PodJudgement extends Verdict<PspDecision> {
  readonly source: PodSource;
  /** Every policy, in the order in which they are tried; whether it may be used, what it would change, why it refuses. */
  readonly trials: readonly PolicyTrial[];
  /** The policy that admits the pod. */
  readonly chosen: PolicyTrial | undefined;
  /** Those whose right to use a policy counts; undefined where the plugin was not asked. */
  readonly users: PolicyUsers | undefined;
  /** The run through admission that the plugin's answer is read from. */
  readonly admission: AdmissionVerdict;
}

const [ACCOUNT, PSP] = ['ServiceAccount', 'PodSecurityPolicy'] as const;

/**
 * Judges a pod as created by its own creator, or by `user`; an account that is not in the tree is taken to exist. Where the plugin is in force
 * the answer is read from the pod's one run (`podAdmission`). It is asked with ServiceAccount alone where that is another request: another
 * user's, one whose account is taken to exist, or what the plugin would do where it is off.
 */
export function judgePod(cluster: Cluster, source: PodSource, user?: UserInfo): PodJudgement {
  if (user === undefined) return memo(cluster, judgeCreation, source);
  const request = { ...admissionRequestOf(source), user };
  return judgement(cluster, source, request, askPolicies(cluster, request));
}

function judgeCreation(cluster: Cluster, source: PodSource): PodJudgement {
  const isInForce = isPluginOn(cluster, ACCOUNT) && isPluginOn(cluster, PSP);
  const request = admissionRequestOf(source);
  return judgement(cluster, source, request, isInForce ? podAdmission(cluster, source) : askPolicies(cluster, request));
}

function askPolicies(cluster: Cluster, request: AdmissionRequest): AdmissionVerdict {
  return runAdmission(cluster, request, { plugins: [ACCOUNT, PSP] });
}

function judgement(
  cluster: Cluster,
  source: PodSource,
  request: AdmissionRequest,
  asked: AdmissionVerdict,
): PodJudgement {
  let admission = asked;
  if (refusalBy(asked, ACCOUNT) !== undefined) {
    const named = { ...request, object: withAccount(request.object, source.accountName) };
    admission = runAdmission(cluster, named, { plugins: [PSP] });
  }
  const gates = gatesOf(admission, PSP);
  const refusing = gates.find(({ rejection }) => rejection !== undefined);
  const psp = (refusing ?? gates.find((gate) => gate.psp !== undefined))?.psp;
  if (psp === undefined) return unjudged(source, admission);
  const { trials, chosen, users } = psp;
  const because = () => refusing?.rejection?.because ?? judgementReasons(cluster, psp);
  return {
    source,
    decision: refusing === undefined ? 'admitted' : trials.some(isUsable) ? 'forbidden' : 'unusable',
    get message() {
      return refusing?.rejection?.message ?? '';
    },
    get because() {
      return because();
    },
    get steps() {
      return admission.steps;
    },
    assumptions: admission.assumptions,
    trials,
    chosen,
    users,
    admission,
  };
}

/** The plugin does not look at the request, or the API server refuses it before any plugin. */
function unjudged(source: PodSource, admission: AdmissionVerdict): PodJudgement {
  const { message, because } = admission.deniedBy === '' ? admission : { message: '', because: [] };
  const { steps, assumptions } = admission;
  const none = { trials: [], chosen: undefined, users: undefined };
  return { source, decision: 'unjudged', message, because, steps, assumptions, ...none, admission };
}

function withAccount(pod: JsonObject, serviceAccountName: string): JsonObject {
  const { spec = {} } = pod;
  return { ...pod, spec: { ...(spec as JsonObject), serviceAccountName } };
}

/** Whether somebody who is asked may use a policy, and the plugin can. */
export function isUsable(trial: PolicyTrial): boolean {
  // Read one after another: the right is looked up when it is first read.
  return trial.providerError === '' && trial.authorizedBy !== '';
}

/** Whether a policy may be used for the pod and would admit it. */
export function admits(trial: PolicyTrial): boolean {
  // The errors are worked out when first read, at the greatest cost of all.
  return isUsable(trial) && trial.errors.length === 0;
}

/**
 * The policy that would be chosen if the policies were tried in another order: one that admits the pod as it is before one that must
 * change it, within each the first. Mirrors computeSecurityContext of plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export function chooseAmong(trials: readonly PolicyTrial[]): PolicyTrial | undefined {
  const admitting = trials.filter(admits);
  return admitting.find(({ mutates }) => !mutates) ?? admitting[0];
}

/** An admitted pod without and with what its policy changes, both as they would be stored; undefined of a pod that is not admitted. */
export function policyChange(cluster: Cluster, { decision, admission }: PodJudgement): GateVerdict['change'] {
  const change = decision === 'admitted' ? gatesOf(admission, PSP).find(isChanging)?.change : undefined;
  if (change === undefined) return undefined;
  const stored = (object: JsonObject) => storeObject(cluster, { ...admission.request, object }, undefined).object;
  return { before: stored(change.before), after: stored(change.after) };
}

function isChanging({ change }: GateVerdict): boolean {
  return change !== undefined;
}
