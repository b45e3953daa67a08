import type { AdmissionRequest } from '../../cluster/pods/admission-request.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { defaultPod } from '../../cluster/defaults/default-pod.ts';
import type { ServerPod } from '../../cluster/defaults/server-pod.ts';
import { podServer } from '../../cluster/index/feature-gates.ts';
import { podForCreate, podForUpdate } from '../../cluster/stored/stored-pod.ts';
import { goQuote } from '../../lang/go-quote.ts';
import type { JsonObject } from '../../model/object.ts';
import { admitJudgement, type JudgedRequest, type Judgement, validateJudgement } from './judge-pod.ts';
import type { PspVerdict } from './psp-verdict.ts';
import { judgementReasons } from './verdict-reasons.ts';

const AUDIT_PREFIX = 'podsecuritypolicy.policy.k8s.io/';

/**
 * What an API server whose only admission plugin is PodSecurityPolicy decides about a request for a pod; `engines/admission` runs it
 * among the others, of which ServiceAccount comes before it. Whether the plugin is on at all is not asked here. Mirrors
 * plugin/pkg/admission/security/podsecuritypolicy: held to 1.24.17 by replay, to 1.12 and later by its differences from version to version.
 */
export function admitPod(cluster: Cluster, request: AdmissionRequest): PspVerdict {
  const judged = judgedRequest(cluster, request);
  const admitted = admitJudgement(cluster, judged);
  if (admitted !== undefined && admitted.chosen === undefined) return refused(cluster, admitted, undefined);
  const stored = storedPod(cluster, { ...judged, pod: admitted?.pod ?? judged.pod });
  const validated = validateJudgement(cluster, { ...judged, pod: stored });
  if (validated !== undefined && validated.chosen === undefined) return refused(cluster, validated, admitted);
  return accepted(cluster, stored, admitted, validated);
}

/** A request as the plugin meets it when no other plugin comes before it: the pod defaulted, its namespace filled in. */
export function judgedRequest(cluster: Cluster, request: AdmissionRequest): JudgedRequest {
  const { operation, user, namespace, subresource, object, oldObject } = request;
  const pod = (value: JsonObject): ServerPod => {
    const defaulted = defaultPod(value, cluster.version.value);
    return { ...defaulted, metadata: { namespace, ...defaulted.metadata } };
  };
  const judged = { operation, user, namespace, subresource, pod: pod(object) };
  return oldObject === undefined ? judged : { ...judged, oldPod: pod(oldObject) };
}

/** The pod as the registry would store it. */
function storedPod(cluster: Cluster, { operation, pod, oldPod, subresource }: JudgedRequest): ServerPod {
  const server = podServer(cluster);
  if (operation === 'UPDATE') return oldPod === undefined ? pod : podForUpdate(pod, oldPod, subresource, server);
  return subresource === '' ? podForCreate(pod, server) : pod;
}

function refused(cluster: Cluster, judgement: Judgement, admitted: Judgement | undefined): PspVerdict {
  const { phase, refusal, refusalParts, trials, pod } = judgement;
  const { name = '', generateName = '' } = pod.metadata;
  const shown = [name, generateName].find((candidate) => candidate !== '') ?? 'Unknown';
  return {
    decision: 'deny',
    message: `pods ${goQuote(shown)} is forbidden: ${refusal}`,
    because: judgementReasons(cluster, judgement),
    steps: [],
    assumptions: [],
    phase,
    policy: '',
    pod,
    messageParts: refusalParts,
    trials,
    auditAnnotations: auditAnnotations(admitted, undefined),
  };
}

function accepted(
  cluster: Cluster,
  pod: ServerPod,
  admitted: Judgement | undefined,
  validated: Judgement | undefined,
): PspVerdict {
  const deciding = admitted ?? validated;
  return {
    decision: 'allow',
    message: '',
    because: deciding === undefined ? [] : judgementReasons(cluster, deciding),
    steps: [],
    assumptions: [],
    phase: 'validate',
    policy: deciding?.chosen?.name ?? '',
    pod,
    messageParts: [],
    trials: deciding?.trials ?? [],
    auditAnnotations: auditAnnotations(admitted, validated),
  };
}

function auditAnnotations(
  admitted: Judgement | undefined,
  validated: Judgement | undefined,
): Readonly<Record<string, string>> {
  return {
    ...(admitted?.chosen !== undefined && { [`${AUDIT_PREFIX}admit-policy`]: admitted.chosen.name }),
    ...(validated?.chosen !== undefined && { [`${AUDIT_PREFIX}validate-policy`]: validated.chosen.name }),
  };
}
