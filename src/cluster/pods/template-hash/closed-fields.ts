import { isObject } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';

/*
 * Fields of a pod template that the API server drops from a new object because their feature gate is off by default: the minors, and the
 * field's path; lists are gone through, and CONTAINERS stands for initContainers and containers. A field that validation misses afterwards
 * (a volume without a source) is not listed: such an object is refused.
 */
const CLOSED = `
11-11 shareProcessNamespace
11-12 CONTAINERS.volumeDevices
11-13 securityContext.runAsGroup
11-13 CONTAINERS.securityContext.runAsGroup
12-13 runtimeClassName
14-14 CONTAINERS.volumeMounts.subPathExpr
15-18 preemptionPolicy
15-15 securityContext.windowsOptions.gmsaCredentialSpecName
15-15 securityContext.windowsOptions.gmsaCredentialSpec
15-15 CONTAINERS.securityContext.windowsOptions.gmsaCredentialSpecName
15-15 CONTAINERS.securityContext.windowsOptions.gmsaCredentialSpec
16-16 securityContext.windowsOptions.runAsUserName
16-16 CONTAINERS.securityContext.windowsOptions.runAsUserName
16-22 ephemeralContainers
16-17 CONTAINERS.startupProbe
16-17 overhead
16-17 topologySpreadConstraints
18-19 securityContext.fsGroupChangePolicy
19-19 setHostnameAsFQDN
21-24 CONTAINERS.livenessProbe.terminationGracePeriodSeconds
21-24 CONTAINERS.startupProbe.terminationGracePeriodSeconds
21-21 AFFINITY.namespaceSelector
23-23 os
24-26 topologySpreadConstraints.minDomains
25-25 topologySpreadConstraints.nodeAffinityPolicy
25-25 topologySpreadConstraints.nodeTaintsPolicy
25-26 topologySpreadConstraints.matchLabelKeys
25-32 hostUsers
26-26 schedulingGates
26-33 resourceClaims
26-33 CONTAINERS.resources.claims
26-28 volumes.ephemeral.volumeClaimTemplate.spec.resources.claims
27-32 CONTAINERS.resizePolicy
28-28 initContainers.restartPolicy
29-29 CONTAINERS.lifecycle.postStart.sleep
29-29 CONTAINERS.lifecycle.preStop.sleep
29-30 AFFINITY.matchLabelKeys
29-30 AFFINITY.mismatchLabelKeys
29-36 volumes.projected.sources.clusterTrustBundle
30-30 CONTAINERS.volumeMounts.recursiveReadOnly
31-32 securityContext.supplementalGroupsPolicy
32-33 resources
32-32 securityContext.seLinuxChangePolicy
34-34 CONTAINERS.restartPolicyRules
34-34 hostnameOverride
34-36 volumes.projected.sources.podCertificate
35-35 workloadRef
36-37 schedulingGroup
37-37 volumes.emptyDir.mode
37-37 CONTAINERS.volumeMounts.bindMountOptions
37-37 CONTAINERS.livenessProbe.httpGet.protocol
37-37 CONTAINERS.readinessProbe.httpGet.protocol
37-37 CONTAINERS.startupProbe.httpGet.protocol
37-37 CONTAINERS.lifecycle.postStart.httpGet.protocol
37-37 CONTAINERS.lifecycle.preStop.httpGet.protocol
37-37 CONTAINERS.livenessProbe.grpc.mode
37-37 CONTAINERS.readinessProbe.grpc.mode
37-37 CONTAINERS.startupProbe.grpc.mode
37-37 volumes.FILES.defaultUser
37-37 volumes.FILES.items.user
37-37 volumes.projected.defaultUser
37-37 volumes.projected.sources.FILES.items.user
37-37 volumes.projected.sources.serviceAccountToken.user
37-37 volumes.projected.sources.clusterTrustBundle.user
37-37 volumes.projected.sources.podCertificate.user
37-37 evictionResponders`;

const ALIASES = new Map([
  ['CONTAINERS', ['initContainers', 'containers']],
  ['FILES', ['secret', 'configMap', 'downwardAPI']],
  [
    'AFFINITY',
    ['podAffinity', 'podAntiAffinity'].flatMap((kind) => [
      `affinity.${kind}.requiredDuringSchedulingIgnoredDuringExecution`,
      `affinity.${kind}.preferredDuringSchedulingIgnoredDuringExecution.podAffinityTerm`,
    ]),
  ],
]);

const closed = new Map<number, readonly (readonly string[])[]>();

/**
 * Drops from a pod spec, in place, what the API server of that minor drops from a new pod template. Mirrors dropDisabledFields of pkg/api/pod
 * from 1.11 to 1.37 with the default gates.
 */
export function dropClosedFields(spec: JsonObject, minor: number): void {
  let paths = closed.get(minor);
  if (paths === undefined) closed.set(minor, (paths = closedPaths(minor)));
  for (const path of paths) if (path[0] !== undefined && spec[path[0]] !== undefined) drop(spec, path, 0);
  if (minor >= 33) dropStopSignals(spec);
  if (minor === 34) dropRestartPolicies(spec);
  if (minor >= 31 && minor <= 34) dropImageVolumes(spec);
}

function closedPaths(minor: number): readonly (readonly string[])[] {
  const paths: string[][] = [];
  for (const line of CLOSED.trim().split('\n')) {
    const [range = '', path = ''] = line.split(' ');
    const [first, last] = range.split('-');
    if (minor < Number(first) || minor > Number(last)) continue;
    const alias = [...ALIASES.keys()].find((name) => path.includes(name)) ?? '';
    for (const written of ALIASES.get(alias) ?? ['']) paths.push(path.replace(alias, written).split('.'));
  }
  return paths;
}

function drop(value: Json | undefined, path: readonly string[], depth: number): void {
  if (Array.isArray(value)) {
    for (const item of value) drop(item, path, depth);
    return;
  }
  const field = path[depth];
  if (!isObject(value) || field === undefined) return;
  if (depth < path.length - 1) drop(value[field], path, depth + 1);
  else if (value[field] !== undefined) Reflect.deleteProperty(value, field);
}

function containers(spec: JsonObject, names = ['initContainers', 'containers']): JsonObject[] {
  return names.flatMap((name) => spec[name] ?? []).filter(isObject);
}

/** A lifecycle that has nothing but a stop signal goes with it. */
function dropStopSignals(spec: JsonObject): void {
  for (const container of containers(spec)) {
    const { lifecycle } = container;
    if (!isObject(lifecycle) || lifecycle.stopSignal === undefined) continue;
    Reflect.deleteProperty(lifecycle, 'stopSignal');
    if (Object.keys(lifecycle).length === 0) Reflect.deleteProperty(container, 'lifecycle');
  }
}

/** Only init containers may restart on their own, and only always. */
function dropRestartPolicies(spec: JsonObject): void {
  for (const container of containers(spec, ['initContainers'])) {
    if (container.restartPolicy !== 'Always') Reflect.deleteProperty(container, 'restartPolicy');
  }
  for (const container of containers(spec, ['containers'])) Reflect.deleteProperty(container, 'restartPolicy');
}

/** Volumes from images go as a whole, and what is mounted from them. */
function dropImageVolumes(spec: JsonObject): void {
  const { volumes } = spec;
  if (!Array.isArray(volumes)) return;
  const names = new Set(volumes.filter(isObject).flatMap(({ name, image }) => (image === undefined ? [] : [name])));
  if (names.size === 0) return;
  spec.volumes = volumes.filter((volume) => isObject(volume) && volume.image === undefined);
  for (const container of containers(spec)) {
    const { volumeMounts } = container;
    if (!Array.isArray(volumeMounts)) continue;
    container.volumeMounts = volumeMounts.filter((mount) => isObject(mount) && !names.has(mount.name));
  }
}
