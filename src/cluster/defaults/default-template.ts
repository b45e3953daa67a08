import { imagePullPolicy } from '../../lang/image-reference.ts';
import { isObject } from '../../model/json.ts';
import type { JsonObject } from '../../model/object.ts';
import { withoutFields } from '../index/without-fields.ts';
import { defaultContainer, defaultHostPorts, roundUpResources } from './default-container.ts';
import { defaultLater, type LaterSpec } from './default-later.ts';
import { INIT_CONTAINER_ANNOTATIONS } from './default-pod.ts';
import { defaultVolume } from './default-volume.ts';

/** Up to this minor ports of templates on the host's network became host ports. */
const LAST_HOST_PORTS = 27;

/** Fills in what a decoded pod template leaves out, in place, and drops the annotations that conversion drops. */
export function completeTemplate(template: JsonObject, minor: number): void {
  const spec = template.spec as unknown as LaterSpec;
  defaultSpec(spec, minor);
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? []), ...(spec.ephemeralContainers ?? [])];
  for (const container of containers) {
    container.imagePullPolicy ??= imagePullPolicy(container.image ?? '', minor);
    defaultContainer(container);
  }
  defaultLater(spec, containers, minor);
  if (isObject(template.metadata)) dropAnnotations(template.metadata);
}

/** Mirrors SetDefaults_PodSpec. Requests are not taken from limits and service links are not set: that is for pods alone. */
function defaultSpec(spec: LaterSpec, minor: number): void {
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.restartPolicy ??= 'Always';
  if (spec.hostNetwork === true && minor <= LAST_HOST_PORTS) {
    defaultHostPorts(spec.containers ?? []);
    defaultHostPorts(spec.initContainers ?? []);
  }
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  spec.schedulerName ??= 'default-scheduler';
  roundUpResources(spec.overhead);
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  if (account !== undefined) spec.serviceAccountName = spec.serviceAccount = account;
}

function dropAnnotations(metadata: JsonObject): void {
  const { annotations } = metadata;
  if (isObject(annotations)) metadata.annotations = withoutFields(annotations, INIT_CONTAINER_ANNOTATIONS);
}
