import type { KubernetesObject } from './metadata.ts';
import type { SELinuxOptions } from './security-context.ts';

/*
 * PodSecurityPolicy (policy/v1beta1; extensions/v1beta1 has the same fields).
 * Field by field as k8s.io/api v0.24 has them; every field is optional, because a manifest may leave out anything, and an
 * absent or wrongly typed field is absent here. Fields not listed survive in the value.
 */

/** Decides which pods may be created, by those who may `use` it. */
export interface PodSecurityPolicy extends KubernetesObject {
  readonly spec?: PodSecurityPolicySpec;
}

/** What a policy allows, requires and fills in. */
export interface PodSecurityPolicySpec {
  readonly privileged?: boolean;
  readonly defaultAddCapabilities?: readonly string[];
  readonly requiredDropCapabilities?: readonly string[];
  readonly allowedCapabilities?: readonly string[];
  readonly volumes?: readonly string[];
  readonly hostNetwork?: boolean;
  readonly hostPorts?: readonly HostPortRange[];
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly seLinux?: SELinuxStrategyOptions;
  readonly runAsUser?: RunAsUserStrategyOptions;
  readonly runAsGroup?: RunAsGroupStrategyOptions;
  readonly supplementalGroups?: SupplementalGroupsStrategyOptions;
  readonly fsGroup?: FSGroupStrategyOptions;
  readonly readOnlyRootFilesystem?: boolean;
  readonly defaultAllowPrivilegeEscalation?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly allowedHostPaths?: readonly AllowedHostPath[];
  readonly allowedFlexVolumes?: readonly AllowedFlexVolume[];
  readonly allowedCSIDrivers?: readonly AllowedCSIDriver[];
  readonly allowedUnsafeSysctls?: readonly string[];
  readonly forbiddenSysctls?: readonly string[];
  readonly allowedProcMountTypes?: readonly string[];
  readonly runtimeClass?: RuntimeClassStrategyOptions;
}

/** Both ends are inside. */
export interface HostPortRange {
  readonly min?: number;
  readonly max?: number;
}

/** `rule` is MustRunAs or RunAsAny. */
export interface SELinuxStrategyOptions {
  readonly rule?: string;
  readonly seLinuxOptions?: SELinuxOptions;
}

/** `rule` is MustRunAs, MustRunAsNonRoot or RunAsAny. */
export interface RunAsUserStrategyOptions {
  readonly rule?: string;
  readonly ranges?: readonly IDRange[];
}

/** Both ends are inside. */
export interface IDRange {
  readonly min?: number;
  readonly max?: number;
}

/** `rule` is MustRunAs, MayRunAs or RunAsAny. */
export interface RunAsGroupStrategyOptions {
  readonly rule?: string;
  readonly ranges?: readonly IDRange[];
}

/** `rule` is MustRunAs, MayRunAs or RunAsAny. */
export interface SupplementalGroupsStrategyOptions {
  readonly rule?: string;
  readonly ranges?: readonly IDRange[];
}

/** `rule` is MustRunAs, MayRunAs or RunAsAny. */
export interface FSGroupStrategyOptions {
  readonly rule?: string;
  readonly ranges?: readonly IDRange[];
}

/** A path prefix that hostPath volumes may use. */
export interface AllowedHostPath {
  readonly pathPrefix?: string;
  readonly readOnly?: boolean;
}

/** A FlexVolume driver that may be used. */
export interface AllowedFlexVolume {
  readonly driver?: string;
}

/** An inline CSI driver that may be used. */
export interface AllowedCSIDriver {
  readonly name?: string;
}

/** Which RuntimeClasses pods may name, and which they get. */
export interface RuntimeClassStrategyOptions {
  readonly allowedRuntimeClassNames?: readonly string[];
  readonly defaultRuntimeClassName?: string;
}
