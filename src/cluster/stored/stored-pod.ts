import type { Container, EphemeralContainer, Probe } from '../../model/kinds/container.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';
import type { JsonObject } from '../../model/object.ts';
import { FIRST_LATE_POD_RESOURCES } from '../defaults/default-pod.ts';
import { defaultPodResources } from '../defaults/pod-level-resources.ts';
import type { Mutable, ServerPod } from '../defaults/server-pod.ts';
import type { PodServer } from '../index/feature-gates.ts';
import { createdName } from '../index/generated-name.ts';
import { SECCOMP_CONTAINER, SECCOMP_POD, seccompAnnotation, seccompField } from '../index/pod-profiles.ts';
import { podQOS } from '../pods/pod-qos.ts';
import { dropClosedFields } from '../pods/template-hash/closed-fields.ts';
import { withoutFields } from '../index/without-fields.ts';

type AnyContainer = Container | EphemeralContainer;

const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;
const FIRST_SECCOMP_FIELDS = 19;
/** The closed gates of this minor are those of `dropDisabledFields`. */
const MIRRORED_MINOR = 24;
/** `clusterName` was never kept. */
const RESET_ON_CREATE = [
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'uid',
  'creationTimestamp',
  'selfLink',
  'clusterName',
];

/**
 * The pod as it would be stored on creation: status reset, fields of closed feature gates gone, seccomp annotations and fields agreeing,
 * the name generated (its random end is always `xxxxx`). Mirrors rest.BeforeCreate and podStrategy.PrepareForCreate, v1.24.
 */
export function podForCreate(pod: ServerPod, server: PodServer): ServerPod {
  const kept = withoutFields(pod.metadata, RESET_ON_CREATE);
  const name = createdName(kept);
  const metadata = name === '' ? kept : { ...kept, name };
  const created: ServerPod = {
    ...pod,
    metadata,
    spec: laterSpec(dropDisabledFields(pod.spec, undefined, server), server),
    status: { phase: 'Pending', qosClass: qosOf(pod.spec, server.minor), ...gatedStatus(pod.spec, server.minor) },
  };
  return server.minor >= FIRST_SECCOMP_FIELDS ? agreeOnSeccomp(created) : created;
}

/**
 * The pod as it would be stored on an update, through a subresource or not (''); unchanged through one that updates nothing. Mirrors rest.BeforeUpdate and the PrepareForUpdate of
 * pkg/registry/core/pod's strategies, v1.24.
 */
export function podForUpdate(pod: ServerPod, old: ServerPod, subresource: string, server: PodServer): ServerPod {
  let updated = pod;
  if (!['', 'status', 'ephemeralcontainers'].includes(subresource)) return pod;
  if (subresource === 'status') {
    const metadata = withoutFields(pod.metadata, ['deletionTimestamp', 'ownerReferences']);
    const owners = old.metadata.ownerReferences;
    updated = { ...pod, metadata: owners === undefined ? metadata : { ...metadata, ownerReferences: owners } };
    updated = { ...updated, spec: old.spec };
  } else if (subresource === 'ephemeralcontainers') {
    updated = onlyEphemeralContainers(pod, old);
    updated = { ...updated, spec: dropDisabledFields(updated.spec, old.spec, server) };
  } else {
    updated = { ...pod, status: old.status, spec: dropDisabledFields(pod.spec, old.spec, server) };
  }
  return { ...updated, metadata: updatedMetadata(updated.metadata, old.metadata) };
}

const FIRST_POD_RESOURCES = 34;

/** What a pod asks for as a whole stands for what its containers ask for. */
function qosOf(spec: PodSpec, minor: number): string {
  const { resources } = spec as { readonly resources?: NonNullable<Container['resources']> };
  return minor >= FIRST_POD_RESOURCES && resources !== undefined
    ? podQOS({ containers: [{ resources }] })
    : podQOS(spec);
}

const FIRST_GATES = 27;

/** A pod that gates hold back says so. Mirrors applySchedulingGatedCondition. */
function gatedStatus(spec: PodSpec, minor: number): JsonObject {
  const { schedulingGates } = spec as { readonly schedulingGates?: readonly unknown[] };
  if (minor < FIRST_GATES || schedulingGates === undefined || schedulingGates.length === 0) return {};
  const message = 'Scheduling is blocked due to non-empty scheduling gates';
  const lastTransitionTime = 'NOW';
  return {
    conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', message, lastTransitionTime }],
  };
}

/** The spec without the fields whose gates other versions than 1.24 have closed, and with the requests that 1.37 and later fill in here. */
function laterSpec(spec: PodSpec, { minor }: PodServer): PodSpec {
  if (minor === MIRRORED_MINOR) return spec;
  const copy = JSON.parse(JSON.stringify(spec)) as Mutable<PodSpec>;
  dropClosedFields(copy, minor);
  if (minor >= FIRST_LATE_POD_RESOURCES) defaultPodResources(copy, minor);
  return copy;
}

type Metadata = ServerPod['metadata'];

/** Metadata on an update: what the server owns stays as it was. Mirrors rest.BeforeUpdate, v1.24. */
export function updatedMetadata(metadata: Metadata, old: Metadata): Metadata {
  const kept = withoutFields(metadata, ['generation', 'clusterName']);
  const grace = kept.deletionGracePeriodSeconds ?? old.deletionGracePeriodSeconds;
  return {
    ...kept,
    ...(old.generation !== undefined && { generation: old.generation }),
    ...(kept.uid === undefined && old.uid !== undefined && { uid: old.uid }),
    ...(old.creationTimestamp !== undefined && { creationTimestamp: old.creationTimestamp }),
    ...(old.deletionTimestamp !== undefined && { deletionTimestamp: old.deletionTimestamp }),
    ...(grace !== undefined && { deletionGracePeriodSeconds: grace }),
  };
}

function onlyEphemeralContainers(pod: ServerPod, old: ServerPod): ServerPod {
  const { name, namespace, resourceVersion, uid } = pod.metadata;
  const metadata: Metadata = {
    ...withoutFields(old.metadata, ['name', 'namespace', 'resourceVersion', 'uid']),
    ...(name !== undefined && { name }),
    ...(namespace !== undefined && { namespace }),
    ...(resourceVersion !== undefined && { resourceVersion }),
    ...(uid !== undefined && { uid }),
  };
  const { ephemeralContainers } = pod.spec;
  const spec = withoutFields(old.spec, ['ephemeralContainers']);
  return { ...old, metadata, spec: ephemeralContainers === undefined ? spec : { ...spec, ephemeralContainers } };
}

/** Mirrors dropDisabledFields of pkg/api/pod with the gates of 1.24. */
function dropDisabledFields(spec: PodSpec, old: PodSpec | undefined, server: PodServer): PodSpec {
  let result = spec;
  const keepsProcMount = server.procMountType || (old !== undefined && someContainer(old, usesProcMount));
  const keepsGracePeriods = server.minor > MIRRORED_MINOR || (old !== undefined && someContainer(old, usesGracePeriod));
  for (const list of CONTAINER_LISTS) {
    const containers = result[list];
    if (containers === undefined) continue;
    const changed = containers.map((container) => {
      const graced = keepsGracePeriods ? container : withoutGracePeriods(container);
      return keepsProcMount ? graced : withDefaultProcMount(graced);
    });
    if (changed.some((container, index) => container !== containers[index])) result = { ...result, [list]: changed };
  }
  const constraints = result.topologySpreadConstraints ?? [];
  const keepsMinDomains =
    server.minor > MIRRORED_MINOR ||
    (old?.topologySpreadConstraints?.some(({ minDomains }) => minDomains !== undefined) ?? false);
  if (!keepsMinDomains && constraints.some(({ minDomains }) => minDomains !== undefined)) {
    const topologySpreadConstraints = constraints.map((constraint) => withoutFields(constraint, ['minDomains']));
    result = { ...result, topologySpreadConstraints };
  }
  return result;
}

function someContainer(spec: PodSpec, test: (container: AnyContainer) => boolean): boolean {
  return CONTAINER_LISTS.some((list) => spec[list]?.some(test) ?? false);
}

function usesProcMount({ securityContext }: AnyContainer): boolean {
  return securityContext?.procMount !== undefined && securityContext.procMount !== 'Default';
}

function withDefaultProcMount<C extends AnyContainer>(container: C): C {
  const { securityContext } = container;
  if (securityContext?.procMount === undefined || securityContext.procMount === 'Default') return container;
  return { ...container, securityContext: { ...securityContext, procMount: 'Default' } };
}

function usesGracePeriod({ livenessProbe, startupProbe }: AnyContainer): boolean {
  return (livenessProbe?.terminationGracePeriodSeconds ?? startupProbe?.terminationGracePeriodSeconds) !== undefined;
}

function withoutGracePeriods<C extends AnyContainer>(container: C): C {
  if (!usesGracePeriod(container)) return container;
  const strip = (probe: Probe): Probe => withoutFields(probe, ['terminationGracePeriodSeconds']);
  const { livenessProbe, startupProbe } = container;
  return {
    ...container,
    ...(livenessProbe !== undefined && { livenessProbe: strip(livenessProbe) }),
    ...(startupProbe !== undefined && { startupProbe: strip(startupProbe) }),
  };
}

/** Copies seccomp profiles from fields to annotations and back, where only one of them is set. Mirrors applySeccompVersionSkew. */
function agreeOnSeccomp(pod: ServerPod): ServerPod {
  let { metadata, spec } = pod;
  const annotations = { ...metadata.annotations };
  const agree = <C extends { readonly seccompProfile?: object }>(
    key: string,
    context: C | undefined,
  ): C | undefined => {
    const profile = context?.seccompProfile;
    if (profile !== undefined && !Object.hasOwn(annotations, key)) {
      const annotation = seccompAnnotation(profile);
      if (annotation !== '') annotations[key] = annotation;
    } else if (profile === undefined && Object.hasOwn(annotations, key)) {
      const seccompProfile = seccompField(annotations[key] ?? '');
      if (seccompProfile !== undefined) return { ...context, seccompProfile } as unknown as C;
    }
    return context;
  };
  const podContext = agree(SECCOMP_POD, spec.securityContext);
  if (podContext !== undefined && podContext !== spec.securityContext) spec = { ...spec, securityContext: podContext };
  for (const list of CONTAINER_LISTS) {
    const containers = spec[list];
    if (containers === undefined) continue;
    const agreed = containers.map((container) => {
      const securityContext = agree(`${SECCOMP_CONTAINER}${container.name ?? ''}`, container.securityContext);
      if (securityContext === undefined || securityContext === container.securityContext) return container;
      return { ...container, securityContext };
    });
    spec = { ...spec, [list]: agreed };
  }
  if (Object.keys(annotations).length > 0) metadata = { ...metadata, annotations };
  return { ...pod, metadata, spec };
}
