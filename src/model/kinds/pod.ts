import type { Container, EphemeralContainer, ResourceRequirements } from './container.ts';
import type { KubernetesObject } from './metadata.ts';
import type { Affinity, Toleration, TopologySpreadConstraint } from './scheduling.ts';
import type { PodSecurityContext } from './security-context.ts';
import type { Volume } from './volume.ts';
import type { LocalObjectReference } from './metadata.ts';

/*
 * Pods and pod templates (core/v1).
 * Field by field as k8s.io/api v0.37 has them; every field is optional, because a manifest may leave out anything, and an
 * absent or wrongly typed field is absent here. Fields not listed survive in the value.
 */

/** A pod as written; status is not modelled. */
export interface Pod extends KubernetesObject {
  readonly spec?: PodSpec;
}

/** What runs in a pod, and with which rights. */
export interface PodSpec {
  readonly volumes?: readonly Volume[];
  readonly initContainers?: readonly Container[];
  readonly containers?: readonly Container[];
  readonly ephemeralContainers?: readonly EphemeralContainer[];
  readonly restartPolicy?: string;
  readonly terminationGracePeriodSeconds?: number;
  readonly activeDeadlineSeconds?: number;
  readonly dnsPolicy?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly serviceAccountName?: string;
  readonly serviceAccount?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly nodeName?: string;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly shareProcessNamespace?: boolean;
  readonly securityContext?: PodSecurityContext;
  readonly imagePullSecrets?: readonly LocalObjectReference[];
  readonly hostname?: string;
  readonly subdomain?: string;
  readonly affinity?: Affinity;
  readonly schedulerName?: string;
  readonly tolerations?: readonly Toleration[];
  readonly hostAliases?: readonly HostAlias[];
  readonly priorityClassName?: string;
  readonly priority?: number;
  readonly dnsConfig?: PodDNSConfig;
  readonly readinessGates?: readonly PodReadinessGate[];
  readonly runtimeClassName?: string;
  readonly enableServiceLinks?: boolean;
  readonly preemptionPolicy?: string;
  readonly overhead?: Readonly<Record<string, string>>;
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  readonly setHostnameAsFQDN?: boolean;
  readonly os?: PodOS;
  readonly hostUsers?: boolean;
  readonly schedulingGates?: readonly PodSchedulingGate[];
  readonly resourceClaims?: readonly PodResourceClaim[];
  readonly resources?: ResourceRequirements;
  readonly hostnameOverride?: string;
  readonly schedulingGroup?: PodSchedulingGroup;
  readonly evictionResponders?: readonly EvictionResponder[];
}

export interface HostAlias {
  readonly ip?: string;
  readonly hostnames?: readonly string[];
}

export interface PodDNSConfig {
  readonly nameservers?: readonly string[];
  readonly searches?: readonly string[];
  readonly options?: readonly PodDNSConfigOption[];
}

export interface PodDNSConfigOption {
  readonly name?: string;
  readonly value?: string;
}

export interface PodReadinessGate {
  readonly conditionType?: string;
}

export interface PodOS {
  readonly name?: string;
}

export interface PodSchedulingGate {
  readonly name?: string;
}

export interface PodResourceClaim {
  readonly name?: string;
  readonly resourceClaimName?: string;
  readonly resourceClaimTemplateName?: string;
}

export interface PodSchedulingGroup {
  readonly podGroupName?: string;
}

export interface EvictionResponder {
  readonly name?: string;
  readonly priority?: number;
}
