import type { Cluster } from '../../../cluster/index/cluster.ts';
import { admitJudgement, type JudgedRequest, type Judgement, validateJudgement } from '../../psp/judge-pod.ts';
import { judgementReasons } from '../../psp/verdict-reasons.ts';
import { forbidden } from '../request/forbidden.ts';
import type { AdmissionAttributes, AdmissionPlugin, PluginOutcome } from '../request/plugin.ts';
import { oldPod, podObject, requestedPod } from '../request/requested-pod.ts';

const AUDIT_PREFIX = 'podsecuritypolicy.policy.k8s.io/';

/** The plugin PodSecurityPolicy as a link of the chain; what it decides is in `engines/psp`. */
export const podSecurityPolicy: AdmissionPlugin = {
  name: 'PodSecurityPolicy',
  operations: ['CREATE', 'UPDATE'],
  admit: (cluster, attributes) => outcome(cluster, attributes, admitJudgement),
  validate: (cluster, attributes) => outcome(cluster, attributes, validateJudgement),
};

function outcome(
  cluster: Cluster,
  attributes: AdmissionAttributes,
  judge: (cluster: Cluster, request: JudgedRequest) => Judgement | undefined,
): PluginOutcome {
  const pod = requestedPod(attributes);
  if (pod === undefined) return {};
  const old = oldPod(attributes);
  const { operation, user, namespace, subresource } = attributes;
  const request = { operation, user, namespace, subresource, pod };
  const psp = judge(cluster, old === undefined ? request : { ...request, oldPod: old });
  if (psp === undefined) return {};
  if (psp.chosen === undefined) {
    const because = judgementReasons(cluster, psp);
    return { psp, rejection: forbidden(attributes, psp.refusal, because, psp.refusalParts) };
  }
  const auditAnnotations = { [`${AUDIT_PREFIX}${psp.phase}-policy`]: psp.chosen.name };
  return { psp, object: podObject(psp.pod), auditAnnotations };
}
