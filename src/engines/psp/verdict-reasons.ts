import type { Cluster } from '../../cluster/index/cluster.ts';
import type { Reason } from '../verdict.ts';
import type { PolicyTrial } from './evaluate-pod.ts';
import type { Judgement } from './judge-pod.ts';
import { policyUse } from './policy-use.ts';

/**
 * The objects that decided a pass: of an admitted pod the policy, the binding and the role that let it be used; of a refused one what each
 * policy that may be used has against it, with the place in the policy.
 */
export function judgementReasons(cluster: Cluster, judgement: Judgement): Reason[] {
  const { chosen, trials } = judgement;
  if (chosen !== undefined) {
    const how = chosen.mutates ? 'with its defaults filled in' : 'as it is';
    const sentence = `policy ${chosen.name} admits the pod ${how}`;
    return [{ object: chosen.policy.stored.object, path: [], sentence }, ...useReasons(cluster, judgement, chosen)];
  }
  return trials.flatMap((trial) => {
    if (trial.authorizedBy === '') return [];
    const { object } = trial.policy.stored;
    return trial.errors.map((error) => ({ object, path: error.policyPath, sentence: error.message }));
  });
}

/** The binding and the role that let a policy be used. */
function useReasons(cluster: Cluster, { users }: Judgement, trial: PolicyTrial): readonly Reason[] {
  const identity = trial.authorizedBy === 'serviceAccount' ? users.account : users.user;
  return identity === undefined ? [] : policyUse(cluster, identity, trial.name, users.namespace).because;
}
