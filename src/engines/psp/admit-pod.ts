import type { Cluster } from '../../cluster/cluster.ts';
import type { ServerPod } from '../../cluster/defaults/server-pod.ts';
import { featureEnabled } from '../../cluster/feature-gates.ts';
import { podForCreate, podForUpdate } from '../../cluster/stored-pod.ts';
import { goQuote } from '../../lang/go-quote.ts';
import { admitJudgement, type JudgedRequest, type Judgement, validateJudgement } from './judge-pod.ts';
import type { PspVerdict } from './psp-verdict.ts';
import { judgementReasons } from './verdict-reasons.ts';

const AUDIT_PREFIX = 'podsecuritypolicy.policy.k8s.io/';

/**
 * What an API server whose only admission plugin is PodSecurityPolicy decides about a request. The pod is as API defaulting leaves it
 * (`defaultPod`), its namespace that of the request. `engines/admission` runs the plugin among others; whether the plugin is on at all is
 * not asked here. Mirrors plugin/pkg/admission/security/podsecuritypolicy, exact for 1.12 to 1.24 (verified against 1.24.17).
 */
export function admitPod(cluster: Cluster, request: JudgedRequest): PspVerdict {
  const admitted = admitJudgement(cluster, request);
  if (admitted !== undefined && admitted.chosen === undefined) return refused(cluster, request, admitted, undefined);
  const stored = storedPod(cluster, { ...request, pod: admitted?.pod ?? request.pod });
  const validated = validateJudgement(cluster, { ...request, pod: stored });
  if (validated !== undefined && validated.chosen === undefined) return refused(cluster, request, validated, admitted);
  return accepted(cluster, stored, admitted, validated);
}

/** The pod as the registry would store it. */
function storedPod(cluster: Cluster, { operation, pod, oldPod, subresource }: JudgedRequest): ServerPod {
  const server = { minor: cluster.version.value.minor, procMountType: featureEnabled(cluster, 'ProcMountType') };
  if (operation === 'UPDATE') return oldPod === undefined ? pod : podForUpdate(pod, oldPod, subresource, server);
  return subresource === '' ? podForCreate(pod, server) : pod;
}

function refused(
  cluster: Cluster,
  request: JudgedRequest,
  judgement: Judgement,
  admitted: Judgement | undefined,
): PspVerdict {
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
  const shown = admitted ?? validated;
  return {
    decision: 'allow',
    message: '',
    because: shown === undefined ? [] : judgementReasons(cluster, shown),
    steps: [],
    assumptions: [],
    phase: 'validate',
    policy: shown?.chosen?.name ?? '',
    pod,
    messageParts: [],
    trials: shown?.trials ?? [],
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
