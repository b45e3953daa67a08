import type { Pod } from '../../model/kinds/pod.ts';
import type { JsonObject } from '../../model/object.ts';
import type { KubernetesVersion } from '../../model/version.ts';
import { defaultContainer, defaultHostPorts, requestsFromLimits, roundUpResources } from './default-container.ts';
import { defaultVolume } from './default-volume.ts';
import { podShape } from './pod-shape.ts';
import { withoutFields } from '../without-fields.ts';
import type { Mutable, ServerPod } from './server-pod.ts';
import { normalize } from './shape.ts';

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
 * not know and values of the wrong type are gone. Mirrors SetObjectDefaults_Pod and the v1 conversions of pkg/apis/core/v1, v1.24.
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
  for (const container of spec.initContainers ?? []) defaultContainer(container);
  for (const container of spec.containers ?? []) defaultContainer(container);
  for (const container of spec.ephemeralContainers ?? []) defaultContainer(container);
  convertThere(pod);
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
function convertThere(pod: MutablePod): void {
  const { metadata, spec, status } = pod;
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  if (account !== undefined) spec.serviceAccountName = spec.serviceAccount = account;
  if (metadata.annotations !== undefined) {
    metadata.annotations = withoutFields(metadata.annotations, INIT_CONTAINER_ANNOTATIONS);
  }
  const { podIP, podIPs } = status as { podIP?: string; podIPs?: { ip?: string }[] };
  if (podIP !== undefined && podIPs?.[0]?.ip !== podIP) status.podIPs = [{ ip: podIP }];
  else if (podIP === undefined && podIPs?.[0]?.ip !== undefined) status.podIP = podIPs[0].ip;
}
