import { admissionRequestOf } from '../../../cluster/pods/admission-request.ts';
import type { Cluster, UserInfo } from '../../../cluster/index/cluster.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { type AdmissionVerdict, runAdmission } from '../../../engines/admission/chain.ts';
import type { PolicyTrial } from '../../../engines/psp/evaluate-pod.ts';
import type { PolicyUsers } from '../../../engines/psp/policy-use.ts';
import type { Reason } from '../../../engines/verdict.ts';
import type { JsonObject } from '../../../model/object.ts';

/** What the PodSecurityPolicy plugin makes of one pod of the tree, when it is created. */
export interface PodJudgement {
  readonly source: PodSource;
  /**
   * `unusable`: refused because nobody who is asked may use any policy; `forbidden`: refused by every policy that may be used;
   * `unjudged`: refused before the plugin was asked, or the plugin does not look at it.
   */
  readonly decision: 'admitted' | 'forbidden' | 'unusable' | 'unjudged';
  readonly verdict: AdmissionVerdict;
  /** Every policy, in the order in which they are tried; whether it may be used, what it would change, why it refuses. */
  readonly trials: readonly PolicyTrial[];
  /** The policy that admits the pod. */
  readonly chosen: PolicyTrial | undefined;
  /** Those whose right to use a policy counts; undefined where the plugin was not asked. */
  readonly users: PolicyUsers | undefined;
}

/** What rules see of a judgement, and what is kept of it: the policies that may not be used are left out. */
export interface PodVerdict {
  readonly source: PodSource;
  readonly decision: PodJudgement['decision'];
  /** The server's refusal; '' of an admitted pod. */
  readonly message: string;
  readonly because: readonly Reason[];
  /** The policies that may be used for the pod, in the order in which they are tried. */
  readonly trials: readonly PolicyTrial[];
  readonly chosen: PolicyTrial | undefined;
}

/** The part of a judgement that is worth keeping for as long as rules run. */
export function podVerdict({ source, decision, verdict, trials, chosen }: PodJudgement): PodVerdict {
  const { message, because } = verdict;
  const usable = trials.filter(({ authorizedBy, providerError }) => authorizedBy !== '' && providerError === '');
  return { source, decision, message, because, trials: usable, chosen };
}

const PLUGINS = ['ServiceAccount', 'PodSecurityPolicy'];

/** Judges a pod as created by its own creator, or by `user`. An account that is not in the tree is taken to exist. */
export function judgePod(cluster: Cluster, source: PodSource, user?: UserInfo): PodJudgement {
  const own = admissionRequestOf(source);
  const request = user === undefined ? own : { ...own, user };
  let verdict = runAdmission(cluster, request, { plugins: PLUGINS });
  if (verdict.deniedBy === 'ServiceAccount') {
    const named = { ...request, object: withAccount(request.object, source.accountName) };
    verdict = runAdmission(cluster, named, { plugins: ['PodSecurityPolicy'] });
  }
  const { psp } = verdict;
  const { trials = [], chosen, users } = psp ?? {};
  return { source, decision: decisionOf(verdict), verdict, trials, chosen, users };
}

function decisionOf({ decision, deniedBy, psp }: AdmissionVerdict): PodJudgement['decision'] {
  if (psp === undefined) return 'unjudged';
  if (decision === 'allow') return 'admitted';
  if (deniedBy !== 'PodSecurityPolicy') return 'unjudged';
  return psp.trials.some(({ authorizedBy, providerError }) => authorizedBy !== '' && providerError === '')
    ? 'forbidden'
    : 'unusable';
}

function withAccount(pod: JsonObject, serviceAccountName: string): JsonObject {
  const { spec = {} } = pod;
  return { ...pod, spec: { ...(spec as JsonObject), serviceAccountName } };
}

/**
 * The policy that would be chosen if the policies were tried in another order: one that admits the pod as it is before one that must
 * change it, within each the first. Mirrors computeSecurityContext of plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export function chooseAmong(trials: readonly PolicyTrial[]): PolicyTrial | undefined {
  const admitting = trials.filter(admits);
  return admitting.find(({ mutates }) => !mutates) ?? admitting[0];
}

/** Whether a policy may be used for the pod and would admit it. */
export function admits(trial: PolicyTrial): boolean {
  // Read one after another: each is worked out when first read, the errors at the greatest cost.
  return trial.providerError === '' && trial.authorizedBy !== '' && trial.errors.length === 0;
}
