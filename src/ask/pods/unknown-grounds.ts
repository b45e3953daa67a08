import type { Cluster } from '../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../cluster/index/object-index.ts';
import { isPluginOn } from '../../cluster/components/plugins-in-force.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import type { ManifestObject } from '../../model/object.ts';
import { hasUnknownName, mayDecide, unknownAt, unknownValues } from '../../model/unknown-values.ts';
import { type FieldPath, formatFieldPath } from '../../text/tree.ts';
import type { PodAdmission } from '../../engines/admission/admit-pods.ts';
import type { GateVerdict } from '../../engines/admission/chain.ts';
import type { PodJudgement } from '../../engines/admission/psp-judgement.ts';
import { judgePsa } from '../../engines/psa/judge-psa.ts';
import type { PolicyTrial } from '../../engines/psp/evaluate-pod.ts';
import { unknownGrants } from '../../engines/rbac/unknown-grants.ts';
import type { Assumption, Reason } from '../../engines/verdict.ts';

const PSP = 'PodSecurityPolicy';
const PSA = 'PodSecurity';

/** Fields of a pod at which admission plugins look, whatever the cluster holds; and those that only quotas and LimitRanges count. */
const LOOKED_AT = new Set([
  'namespace',
  'securityContext',
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'hostUsers',
  'hostPort',
  'hostPath',
  'serviceAccountName',
  'serviceAccount',
  'priorityClassName',
  'runtimeClassName',
]);
const COUNTED = new Set(['resources', 'replicas', 'parallelism']);

/**
 * The values that are encrypted or filled in later and on which the verdict about a pod rests: its own, and those of what decides about it. None
 * of a refusal that holds whatever they are.
 */
export function unknownGrounds(cluster: Cluster, pod: PodAdmission): readonly Assumption[] {
  const { source, decision, refusals, invalid, verdict } = pod;
  const own = ownGrounds(cluster, source);
  const others = otherGrounds(cluster, source, verdict.psp?.chosen?.name);
  if (decision === 'refused') {
    const isSure = ({ plugin, rejection }: GateVerdict): boolean => {
      if (plugin === PSP) return isRefusedByAll(source, verdict.psp?.trials ?? []);
      if ((others.get(plugin) ?? []).length > 0) return false;
      const because = plugin === PSA ? judgePsa(cluster, source).because : (rejection?.because ?? []);
      return own.length === 0 || restsOnKnown(source.owner, because);
    };
    if (invalid !== undefined || refusals.some(isSure)) return [];
  }
  return [...own, ...[...others.values()].flat()];
}

/** The same of what the PodSecurityPolicy plugin makes of a pod; `chosen` is the policy that admits it. */
export function unknownPolicyGrounds(
  cluster: Cluster,
  { source, trials, chosen }: Pick<PodJudgement, 'source' | 'trials' | 'chosen'>,
): readonly Assumption[] {
  if (isRefusedByAll(source, trials)) return [];
  return [...ownGrounds(cluster, source), ...policyGrounds(cluster, source, chosen?.name)];
}

function ownGrounds(cluster: Cluster, { owner, namespace }: PodSource): readonly Assumption[] {
  const isCounted = ['ResourceQuota', 'LimitRange'].some((kind) => inNamespace(cluster, kind, namespace).length > 0);
  const isLookedAt = (path: FieldPath): boolean =>
    path.some((part) => typeof part === 'string' && (LOOKED_AT.has(part) || (isCounted && COUNTED.has(part))));
  return groundsIn(owner, isLookedAt);
}

/** By plugin. */
function otherGrounds(
  cluster: Cluster,
  source: PodSource,
  chosen: string | undefined,
): ReadonlyMap<string, readonly Assumption[]> {
  const { namespace } = source;
  const found = new Map<string, readonly Assumption[]>();
  if (isPluginOn(cluster, PSP)) found.set(PSP, policyGrounds(cluster, source, chosen));
  const named = objectsOfKind(cluster, '', 'Namespace').filter(({ name }) => name === namespace);
  found.set(
    PSA,
    named.flatMap((each) =>
      groundsIn(each, (path) => path.some((part) => String(part).startsWith('pod-security.kubernetes.io/'))),
    ),
  );
  for (const [plugin, kind] of [
    ['ResourceQuota', 'ResourceQuota'],
    ['LimitRanger', 'LimitRange'],
  ] as const) {
    const objects = inNamespace(cluster, kind, namespace);
    found.set(
      plugin,
      objects.flatMap((each) => groundsIn(each, (path) => path[0] === 'spec' || hasUnknownName(each))),
    );
  }
  const policies = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'].flatMap((kind) =>
    objectsOfKind(cluster, 'admissionregistration.k8s.io', kind),
  );
  found.set(
    'ValidatingAdmissionPolicy',
    policies.flatMap((each) => groundsIn(each, (path) => path[0] === 'spec')),
  );
  return found;
}

/** What one policy admits for certain, others cannot refuse. */
function policyGrounds(
  cluster: Cluster,
  { namespace, accountName }: PodSource,
  chosen: string | undefined,
): readonly Assumption[] {
  const all = [...new Set(['policy', 'extensions'].flatMap((group) => objectsOfKind(cluster, group, PSP)))];
  const policies = chosen === undefined ? all : all.filter(({ name }) => name === chosen);
  const grounds = policies.flatMap((each) => groundsIn(each, (path) => path[0] === 'spec'));
  if (chosen !== undefined) return grounds;
  const use = { verb: 'use', apiGroup: 'policy', resource: 'podsecuritypolicies', namespace };
  const user = `system:serviceaccount:${namespace}:${accountName}`;
  return [...grounds, ...policies.flatMap(({ name }) => unknownGrants(cluster, { ...use, name }, { user }))];
}

/** The objects of a kind that are in a namespace, or may be. */
function inNamespace(cluster: Cluster, kind: string, namespace: string): readonly ManifestObject[] {
  return objectsOfKind(cluster, '', kind).filter(
    (object) => namespaceOf(cluster, object) === namespace || (object.namespace !== '' && hasUnknownName(object)),
  );
}

function groundsIn(object: ManifestObject, asked: (path: FieldPath) => boolean): readonly Assumption[] {
  const { kind, name } = object;
  return unknownValues(object)
    .filter((value) => mayDecide(object, value) && asked(value.path))
    .map(({ path }) => ({
      sentence: `the value of \`${formatFieldPath(path)}\` of ${kind} \`${name}\` is not known`,
      decide: 'put values in place of the variables first',
    }));
}

/** Whether each policy, usable or not, refuses a pod for what is known. */
function isRefusedByAll(source: PodSource, trials: readonly PolicyTrial[]): boolean {
  const isKnown = (object: ManifestObject, path: FieldPath): boolean => unknownAt(object, path, true) === undefined;
  return (
    trials.length > 0 &&
    trials.every(({ policy, errors }) =>
      errors.some(({ podPath, policyPath }) => {
        const place = source.placeOf(podPath);
        return isKnown(place.object, place.path) && isKnown(policy.stored.object, policyPath);
      }),
    )
  );
}

/** Whether one of the reasons is a field of the workload that is known. */
function restsOnKnown(owner: ManifestObject, because: readonly Reason[]): boolean {
  return because.some(
    ({ object, path }) => object === owner && path.length > 0 && unknownAt(owner, path, true) === undefined,
  );
}
