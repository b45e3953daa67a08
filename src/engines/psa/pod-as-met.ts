import type { Cluster } from '../../cluster/index/cluster.ts';
import { defaultPod } from '../../cluster/defaults/default-pod.ts';
import { featureEnabled, podServer } from '../../cluster/index/feature-gates.ts';
import { APPARMOR_CONTAINER, SECCOMP_CONTAINER, SECCOMP_POD, seccompField } from '../../cluster/index/pod-profiles.ts';
import { podForCreate } from '../../cluster/stored/stored-pod.ts';
import { withoutFields } from '../../cluster/index/without-fields.ts';
import type { Container } from '../../model/kinds/container.ts';
import type { ObjectMeta } from '../../model/kinds/metadata.ts';
import type { Pod, PodSpec } from '../../model/kinds/pod.ts';
import type { SecurityContext } from '../../model/kinds/security-context.ts';
import type { Volume } from '../../model/kinds/volume.ts';
import type { CheckedPod } from './check.ts';

/** The last minor whose storing of pods `podForCreate` mirrors. */
const LAST_MIRRORED_MINOR = 24;
const LAST_SECCOMP_ANNOTATIONS = 26;
const FIRST_APPARMOR_FIELDS = 30;
const MAXIMUM_GENERATED = 58;

/**
 * A new pod as Pod Security Admission meets it: it validates after defaulting, and after the registry has prepared the pod for storing. Only
 * what a check can see is done. Mirrors pkg/apis/core/v1/defaults.go, pkg/api/pod/util.go and pkg/registry/core/pod/strategy.go, v1.25 to v1.37.
 */
export function podAsMet(cluster: Cluster, written: Pod): CheckedPod {
  const { value: version } = cluster.version;
  if (version.minor <= LAST_MIRRORED_MINOR) return podForCreate(defaultPod(written, version), podServer(cluster));
  const metadata = generatedName(written.metadata ?? {});
  let spec = withoutClosedFields(cluster, withHostPorts(withVolumeSources(written.spec ?? {})));
  if (version.minor <= LAST_SECCOMP_ANNOTATIONS) spec = withSeccompFields(spec, metadata);
  if (version.minor >= FIRST_APPARMOR_FIELDS) spec = withAppArmorFields(spec, metadata);
  return { metadata, spec };
}

/** The random end of a generated name is always `xxxxx` here. */
function generatedName(metadata: ObjectMeta): ObjectMeta {
  const { name = '', generateName = '' } = metadata;
  if (name !== '' || generateName === '') return metadata;
  return { ...metadata, name: `${generateName.slice(0, MAXIMUM_GENERATED)}xxxxx` };
}

/** A volume without a source is an emptyDir. Mirrors SetDefaults_Volume. */
function withVolumeSources(spec: PodSpec): PodSpec {
  if (spec.volumes?.some(hasNoSource) !== true) return spec;
  return {
    ...spec,
    volumes: spec.volumes.map((volume) => (hasNoSource(volume) ? { ...volume, emptyDir: {} } : volume)),
  };
}

function hasNoSource(volume: Volume): boolean {
  return Object.keys(volume).every((field) => field === 'name');
}

/** On the host's network every container port is a host port. Mirrors defaultHostNetworkPorts. */
function withHostPorts(spec: PodSpec): PodSpec {
  if (spec.hostNetwork !== true) return spec;
  const opened = (container: Container): Container =>
    container.ports === undefined
      ? container
      : {
          ...container,
          ports: container.ports.map(({ hostPort = 0, ...port }) => ({
            ...port,
            hostPort: hostPort === 0 ? (port.containerPort ?? 0) : hostPort,
          })),
        };
  return {
    ...spec,
    ...(spec.containers && { containers: spec.containers.map(opened) }),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(opened) }),
  };
}

/** Fields of closed feature gates are forgotten. Mirrors dropDisabledFields. */
function withoutClosedFields(cluster: Cluster, spec: PodSpec): PodSpec {
  let kept = spec;
  if (!featureEnabled(cluster, 'UserNamespacesSupport')) kept = withoutFields(kept, ['hostUsers']);
  if (featureEnabled(cluster, 'ProcMountType')) return kept;
  return withContexts(kept, (context) =>
    context?.procMount === undefined ? context : { ...context, procMount: 'Default' },
  );
}

/** Seccomp annotations are copied to fields that are not set. Mirrors applySeccompVersionSkew, v1.25 and v1.26. */
function withSeccompFields(spec: PodSpec, { annotations = {} }: ObjectMeta): PodSpec {
  const agreed = <Context extends Pick<SecurityContext, 'seccompProfile'>>(
    key: string,
    context: Context | undefined,
  ): Context | undefined => {
    const seccompProfile = context?.seccompProfile === undefined ? seccompField(annotations[key] ?? '') : undefined;
    return seccompProfile === undefined ? context : ({ ...context, seccompProfile } as Context);
  };
  const securityContext = agreed(SECCOMP_POD, spec.securityContext);
  const ofPod = securityContext === undefined ? spec : { ...spec, securityContext };
  return withContexts(ofPod, (context, name) => agreed(`${SECCOMP_CONTAINER}${name}`, context));
}

/**
 * AppArmor annotations are copied to fields of containers that are not set. Only `unconfined` is done here: no other value that is copied is one
 * that a check objects to. Mirrors applyAppArmorVersionSkew, v1.30 and later.
 */
function withAppArmorFields(spec: PodSpec, { annotations = {} }: ObjectMeta): PodSpec {
  if (spec.os?.name === 'windows' || spec.securityContext?.appArmorProfile?.type === 'Unconfined') return spec;
  return withContexts(spec, (context, name) => {
    const isUnconfined = annotations[`${APPARMOR_CONTAINER}${name}`] === 'unconfined';
    if (!isUnconfined || context?.appArmorProfile !== undefined) return context;
    return { ...context, appArmorProfile: { type: 'Unconfined' } };
  });
}

/** The spec with other security contexts of containers. */
function withContexts(
  spec: PodSpec,
  change: (context: SecurityContext | undefined, name: string) => SecurityContext | undefined,
): PodSpec {
  const changed = <C extends Container>(container: C): C => {
    const securityContext = change(container.securityContext, container.name ?? '');
    return securityContext === undefined ? container : { ...container, securityContext };
  };
  const { initContainers, containers, ephemeralContainers } = spec;
  return {
    ...spec,
    ...(initContainers && { initContainers: initContainers.map(changed) }),
    ...(containers && { containers: containers.map(changed) }),
    ...(ephemeralContainers && { ephemeralContainers: ephemeralContainers.map(changed) }),
  };
}
