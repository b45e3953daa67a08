import type { IntOrString, KubernetesObject, LabelSelector } from './metadata.ts';
import type { PodTemplateSpec } from './pod.ts';

/*
 * Kinds that make pods (apps, batch and core; older groups have the same fields where they have them). Status is not modelled.
 * Field by field as k8s.io/api v0.37 has them; every field is optional, because a manifest may leave out anything, and an
 * absent or wrongly typed field is absent here. Fields not listed survive in the value.
 */

/** Also what DeploymentConfig-like kinds share: pods wanted, whose, and made from what. */
export interface WorkloadSpec {
  readonly replicas?: number;
  readonly selector?: LabelSelector;
  readonly template?: PodTemplateSpec;
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
}

export interface Deployment extends KubernetesObject {
  readonly spec?: DeploymentSpec;
}

export interface DeploymentSpec extends WorkloadSpec {
  readonly strategy?: RollingUpdate;
  readonly paused?: boolean;
  readonly progressDeadlineSeconds?: number;
}

/** How a Deployment or DaemonSet replaces its pods. */
export interface RollingUpdate {
  readonly type?: string;
  readonly rollingUpdate?: { readonly maxUnavailable?: IntOrString; readonly maxSurge?: IntOrString };
}

export interface ReplicaSet extends KubernetesObject {
  readonly spec?: WorkloadSpec;
}

/** Its selector is a plain map of labels, unlike all others. */
export interface ReplicationController extends KubernetesObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly minReadySeconds?: number;
    readonly selector?: Readonly<Record<string, string>>;
    readonly template?: PodTemplateSpec;
  };
}

export interface StatefulSet extends KubernetesObject {
  readonly spec?: StatefulSetSpec;
}

export interface StatefulSetSpec extends WorkloadSpec {
  readonly serviceName?: string;
  readonly podManagementPolicy?: string;
  readonly volumeClaimTemplates?: readonly KubernetesObject[];
}

export interface DaemonSet extends KubernetesObject {
  readonly spec?: DaemonSetSpec;
}

export interface DaemonSetSpec extends WorkloadSpec {
  readonly updateStrategy?: RollingUpdate;
}

export interface Job extends KubernetesObject {
  readonly spec?: JobSpec;
}

export interface JobSpec {
  readonly parallelism?: number;
  readonly completions?: number;
  readonly activeDeadlineSeconds?: number;
  readonly backoffLimit?: number;
  readonly selector?: LabelSelector;
  readonly manualSelector?: boolean;
  readonly template?: PodTemplateSpec;
  readonly ttlSecondsAfterFinished?: number;
  readonly completionMode?: string;
  readonly suspend?: boolean;
}

export interface CronJob extends KubernetesObject {
  readonly spec?: CronJobSpec;
}

export interface CronJobSpec {
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly startingDeadlineSeconds?: number;
  readonly concurrencyPolicy?: string;
  readonly suspend?: boolean;
  readonly jobTemplate?: KubernetesObject & { readonly spec?: JobSpec };
  readonly successfulJobsHistoryLimit?: number;
  readonly failedJobsHistoryLimit?: number;
}
