import { encodePod, type ServerPod } from '../../src/cluster/defaults/server-pod.ts';
import type { AdmissionRequest } from '../../src/cluster/admission-request.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { loadCluster } from '../../src/cluster/load-cluster.ts';
import { withoutFields } from '../../src/cluster/without-fields.ts';
import { storedPolicies } from '../../src/cluster/stored-policy.ts';
import { type AdmissionVerdict, runAdmission } from '../../src/engines/admission/chain.ts';
import type { PolicyTrial } from '../../src/engines/psp/evaluate-pod.ts';
import { POLICY_ANNOTATION, tryPolicies } from '../../src/engines/psp/judge-pod.ts';
import { authenticatedGroups } from '../../src/engines/rbac/attributes.ts';
import type { JsonObject } from '../../src/model/object.ts';
import { caseObjects } from './case-objects.ts';

interface Case {
  readonly id: string;
  readonly objects: readonly unknown[];
  readonly bootstrapRBAC?: boolean;
  readonly plugins?: readonly string[];
  readonly featureGates?: Readonly<Record<string, boolean>>;
  readonly allowPrivileged?: boolean;
  readonly request: {
    readonly operation: 'CREATE' | 'UPDATE';
    readonly user: { readonly name: string; readonly groups?: readonly string[] };
    readonly namespace: string;
    readonly subresource?: string;
    readonly object: JsonObject;
    readonly oldObject?: JsonObject;
  };
}

const MINOR = 24;

/** The verdict on one case of the admission oracle's `psp` profile. */
export function answer(input: Case): object {
  const { request } = input;
  const cluster = loadCluster(caseObjects(input.objects), {
    settings: {
      kubernetesVersion: `1.${MINOR}`,
      bootstrapRBAC: input.bootstrapRBAC ?? false,
      complete: true,
      featureGates: input.featureGates ?? {},
    },
  });
  const { name, groups = [] } = request.user;
  const asked: AdmissionRequest = {
    operation: request.operation,
    user: { name, groups: groups.length === 0 ? authenticatedGroups(name) : groups },
    namespace: request.namespace,
    resource: 'pods',
    subresource: request.subresource ?? '',
    object: request.object,
    ...(request.oldObject !== undefined && { oldObject: request.oldObject }),
  };
  const { plugins = ['PodSecurityPolicy'], allowPrivileged = true } = input;
  const verdict = runAdmission(cluster, asked, { plugins, allowPrivileged });
  const objectErrors = storedPolicies(cluster).refused.map(({ object, message }) => {
    const position = Number.parseInt(object.document.file.path.slice('objects/'.length), 10);
    return `objects[${position}]: ${object.kind} ${object.name}: ${message}`;
  });
  const tried = trials(cluster, verdict, asked, plugins);
  return { id: input.id, ...shown(verdict, tried, request.operation), objectErrors };
}

/** The oracle tries the policies on every update of a pod, also where the plugin looks away. */
function trials(
  cluster: Cluster,
  { psp, object, decision }: AdmissionVerdict,
  { operation, user, namespace, subresource }: AdmissionRequest,
  plugins: readonly string[],
): readonly PolicyTrial[] {
  if (psp !== undefined) return psp.trials;
  if (decision === 'deny' || operation === 'CREATE' || subresource !== '' || !plugins.includes('PodSecurityPolicy'))
    return [];
  return tryPolicies(cluster, { operation, user, namespace, subresource, pod: object as unknown as ServerPod });
}

/** What a client gets back, less what the server makes anew each time. */
function answered(pod: ServerPod, operation: 'CREATE' | 'UPDATE'): object {
  const own = operation === 'CREATE' ? ['uid', 'creationTimestamp'] : [];
  return encodePod({ ...pod, metadata: withoutFields(pod.metadata, own) }, MINOR);
}

function shown(verdict: AdmissionVerdict, tried: readonly PolicyTrial[], operation: 'CREATE' | 'UPDATE'): object {
  const allowed = verdict.decision === 'allow';
  const { message, messageParts, deniedBy, phase, code, reason, warnings, auditAnnotations, object } = verdict;
  const pod = object as unknown as ServerPod;
  return {
    allowed,
    deniedBy,
    phase,
    code: code === 0 ? undefined : code,
    reason,
    message,
    messageParts,
    policy: allowed ? (pod.metadata.annotations?.[POLICY_ANNOTATION] ?? '') : '',
    auditAnnotations,
    psp: tried.map((trial) => ({
      name: trial.name,
      authorizedBy: trial.authorizedBy,
      mutates: trial.mutates,
      errors: trial.errors.map((error) => error.message),
      providerError: trial.providerError,
    })),
    mutated: allowed ? answered(pod, operation) : undefined,
    validationErrors: verdict.validationErrors.map((error) => error.message),
    warnings,
  };
}
