import { imagePullPolicy } from '../../lang/image-reference.ts';
import type { Pod } from '../../model/kinds/pod.ts';
import type { JsonObject } from '../../model/object.ts';
import type { KubernetesVersion } from '../../model/versions.ts';
import { defaultContainer, defaultHostPorts, requestsFromLimits, roundUpResources } from './default-container.ts';
import { defaultLater } from './default-later.ts';
import { defaultVolume } from './default-volume.ts';
import { defaultPodResources } from './pod-level-resources.ts';
import { podShape } from './pod-shape.ts';
import { withoutFields } from '../index/without-fields.ts';
import type { Mutable, ServerPod } from './server-pod.ts';
import { normalize } from './shape.ts';

/** The gate PodLevelResources is open since. */
const FIRST_POD_RESOURCES = 34;
/** From this minor on they are only filled in when the pod is stored, after admission. */
export const FIRST_LATE_POD_RESOURCES = 37;

/** Since this minor a negative grace period is taken for a second. */
const FIRST_POSITIVE_GRACE = 27;

type MutablePod = Mutable<ServerPod>;

/** Annotations of kubelets before 1.8, which the server drops from pods and their templates on every conversion. */
export const INIT_CONTAINER_ANNOTATIONS = [
  'pod.beta.kubernetes.io/init-containers',
  'pod.alpha.kubernetes.io/init-containers',
  'pod.beta.kubernetes.io/init-container-statuses',
  'pod.alpha.kubernetes.io/init-container-statuses',
];

/**
 * The pod as the API server of that version holds it after decoding and defaulting, before any admission. Fields that the version does
 * not know and values of the wrong type are gone. Mirrors SetObjectDefaults_Pod and the v1 conversions of pkg/apis/core/v1, v1.24, and
 * what versions up to 1.37 fill in besides (`default-later.ts`, `pod-level-resources.ts`).
 */
export function defaultPod(written: Pod, version: KubernetesVersion): ServerPod {
  const { minor } = version;
  const pod = normalize(podShape('Pod', minor), written as unknown as JsonObject, minor) as unknown as MutablePod;
  completePod(pod, version);
  return pod;
}

/** Fills in what a decoded pod leaves out, in place. */
export function completePod(pod: MutablePod, { minor }: KubernetesVersion): void {
  const { spec } = pod;
  for (const container of spec.containers ?? []) requestsFromLimits(container);
  for (const container of spec.initContainers ?? []) requestsFromLimits(container);
  if (minor >= 13) spec.enableServiceLinks ??= true;
  defaultSpec(pod);
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? []), ...(spec.ephemeralContainers ?? [])];
  for (const container of containers) {
    container.imagePullPolicy ??= imagePullPolicy(container.image ?? '', minor);
    defaultContainer(container);
  }
  defaultLater(spec, containers, minor);
  if (minor >= FIRST_POD_RESOURCES && minor < FIRST_LATE_POD_RESOURCES) defaultPodResources(spec, minor);
  convertThere(pod, minor);
}

/** Mirrors SetDefaults_PodSpec. */
function defaultSpec({ spec }: MutablePod): void {
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.restartPolicy ??= 'Always';
  if (spec.hostNetwork === true) {
    defaultHostPorts(spec.containers ?? []);
    defaultHostPorts(spec.initContainers ?? []);
  }
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  spec.schedulerName ??= 'default-scheduler';
  roundUpResources(spec.overhead);
}

/** What going to the internal version and back does: aliases agree, old annotations are gone. */
function convertThere(pod: MutablePod, minor: number): void {
  const { metadata, spec, status } = pod;
  const { terminationGracePeriodSeconds: grace = 0 } = spec;
  if (grace < 0 && minor >= FIRST_POSITIVE_GRACE) spec.terminationGracePeriodSeconds = 1;
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  if (account !== undefined) spec.serviceAccountName = spec.serviceAccount = account;
  if (metadata.annotations !== undefined) {
    metadata.annotations = withoutFields(metadata.annotations, INIT_CONTAINER_ANNOTATIONS);
  }
  const { podIP, podIPs } = status as { podIP?: string; podIPs?: { ip?: string }[] };
  if (podIP !== undefined && podIPs?.[0]?.ip !== podIP) status.podIPs = [{ ip: podIP }];
  else if (podIP === undefined && podIPs?.[0]?.ip !== undefined) status.podIP = podIPs[0].ip;
}
