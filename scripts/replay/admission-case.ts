import { builtInPlugins } from '../../src/cluster/components/admission-plugins.ts';
import type { AdmissionRequest } from '../../src/cluster/pods/admission-request.ts';
import type { Cluster } from '../../src/cluster/index/cluster.ts';
import type { ServerPod } from '../../src/cluster/defaults/server-pod.ts';
import { loadCluster } from '../../src/cluster/load/load-cluster.ts';
import { encodedObject } from '../../src/cluster/stored/object-kinds/server-object.ts';
import { metadataOf, textOf } from '../../src/cluster/stored/object-metadata.ts';
import { storedObject } from '../../src/cluster/stored/stored-objects.ts';
import { withoutFields } from '../../src/cluster/index/without-fields.ts';
import { type AdmissionVerdict, inServerOrder, runAdmission } from '../../src/engines/admission/chain.ts';
import type { PolicyTrial } from '../../src/engines/psp/evaluate-pod.ts';
import { POLICY_ANNOTATION, tryPolicies } from '../../src/engines/psp/judge-pod.ts';
import { authenticatedGroups } from '../../src/engines/rbac/membership.ts';
import { isObject } from '../../src/model/json.ts';
import { apiResources } from '../../src/model/discovery.ts';
import type { JsonObject } from '../../src/model/object.ts';
import { caseObjects } from './case-objects.ts';
import { objectErrors } from './object-errors.ts';

interface Case {
  readonly id: string;
  readonly objects: readonly unknown[];
  readonly bootstrapRBAC?: boolean;
  readonly plugins?: readonly string[];
  readonly pluginOrder?: 'given' | 'apiserver';
  readonly pluginConfig?: Readonly<Record<string, JsonObject>>;
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
/** On by default, and absent from the oracle. */
const ABSENT = [
  'MutatingAdmissionWebhook',
  'ValidatingAdmissionWebhook',
  'CertificateApproval',
  'CertificateSigning',
  'CertificateSubjectRestriction',
];
const SCHEDULING = 'scheduling.k8s.io';
const SYSTEM_CLASSES = ['system-cluster-critical', 'system-node-critical'];
const PSA_ANNOTATIONS = 'pod-security.kubernetes.io/';

/** The verdict on one case of the admission oracle. */
export function answer(input: Case): object {
  const { request, pluginOrder = 'given' } = input;
  const cluster = loadCluster(caseObjects(input.objects), {
    settings: {
      kubernetesVersion: `1.${MINOR}`,
      bootstrapRBAC: input.bootstrapRBAC ?? false,
      complete: true,
      featureGates: input.featureGates ?? {},
    },
  });
  const asked = requestOf(input);
  const named = (input.plugins ?? ['PodSecurityPolicy']).flatMap((name) => (name === '@default' ? defaults() : [name]));
  const plugins = pluginOrder === 'given' ? named : inServerOrder(cluster, named);
  const verdict = runAdmission(cluster, asked, {
    plugins,
    order: 'given',
    allowPrivileged: input.allowPrivileged ?? true,
    configuration: input.pluginConfig ?? {},
  });
  const tried = trials(cluster, verdict, asked, plugins);
  return {
    id: input.id,
    ...shown({ ...verdict, object: asInOracle(cluster, verdict.object, input, plugins) }, tried, request.operation),
    objectErrors: objectErrors(cluster),
    ...(pluginOrder === 'apiserver' && { pluginOrder: plugins }),
  };
}

function defaults(): readonly string[] {
  return builtInPlugins(MINOR).flatMap(({ name, onByDefault }) =>
    onByDefault && !ABSENT.includes(name) ? [name] : [],
  );
}

function requestOf({ request }: Case): AdmissionRequest {
  const { operation, namespace, subresource = '', object, oldObject } = request;
  const { name, groups = [] } = request.user;
  const [version = '', group = ''] = textOf(object.apiVersion).split('/').reverse();
  const served = apiResources({ minor: MINOR }).find(
    (each) => each.kind === object.kind && each.group === group && each.version === version,
  );
  return {
    operation,
    user: { name, groups: groups.length === 0 ? authenticatedGroups(name) : groups },
    namespace,
    group,
    resource: served?.resource ?? '',
    subresource,
    object,
    ...(oldObject !== undefined && { oldObject }),
  };
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

/** The oracle has no audit event, to which PodSecurity adds its annotations; it sees those that plugins add to the request's attributes. */
function seenAnnotations(annotations: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => !key.startsWith(PSA_ANNOTATIONS)));
}

/**
 * The oracle holds the two system priority classes as the code has them. A server creates them through its own API, which fills in
 * their preemptionPolicy, so that the pods of a real cluster get it.
 */
function asInOracle(cluster: Cluster, object: JsonObject, { request }: Case, plugins: readonly string[]): JsonObject {
  const { spec } = object;
  if (!plugins.includes('Priority') || object.kind !== 'Pod' || !isObject(spec)) return object;
  const name = textOf(spec.priorityClassName);
  const isSystem =
    SYSTEM_CLASSES.includes(name) && storedObject(cluster, SCHEDULING, 'PriorityClass', '', name) === undefined;
  const isWritten = isObject(request.object.spec) && 'preemptionPolicy' in request.object.spec;
  return isSystem && !isWritten ? { ...object, spec: withoutFields(spec, ['preemptionPolicy']) } : object;
}

/** What a client gets back, less what the server makes anew each time. */
function answered(object: JsonObject, operation: 'CREATE' | 'UPDATE'): object {
  const own = operation === 'CREATE' ? ['uid', 'creationTimestamp'] : [];
  return encodedObject({ ...object, metadata: withoutFields(metadataOf(object), own) }, MINOR);
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
    auditAnnotations: seenAnnotations(auditAnnotations),
    psp: tried.map((trial) => ({
      name: trial.name,
      authorizedBy: trial.authorizedBy,
      mutates: trial.mutates,
      errors: trial.errors.map((error) => error.message),
      providerError: trial.providerError,
    })),
    mutated: allowed ? answered(object, operation) : undefined,
    validationErrors: verdict.validationErrors.map((error) => error.message),
    warnings,
  };
}
