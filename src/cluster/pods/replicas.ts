import { record } from '../../model/json.ts';
import { objectValue } from '../../model/object-value.ts';
import type { Json, JsonObject } from '../../model/object.ts';
import type { Cluster } from '../index/cluster.ts';
import type { PodSource } from './pod-source.ts';
import { workloadKind } from '../index/workload-kinds.ts';

/** How many pods a manifest asks for at one time. */
export interface Replicas {
  readonly count: number;
  /** Whether they stay: those of a CronJob come and go, and of a DaemonSet there is one on each node, however many there are. */
  readonly lasting: boolean;
}

const NONE: Replicas = { count: 0, lasting: true };

/**
 * How many pods at one time the controller of a pod's owner makes: `replicas`, the parallelism of a job as far as there are completions
 * left, one for a DaemonSet; none where nobody makes any (a PodTemplate, a suspended job). A rolling update's surge is not counted.
 */
export function replicasOf(cluster: Cluster, { owner, creator }: PodSource): Replicas {
  const spec = record(objectValue(owner, cluster.version.value).spec);
  // A static pod runs whether or not its mirror is admitted, and a custom controller may make any number.
  if (creator.kind === 'kubelet' || workloadKind(owner) === undefined || owner.kind === 'PodTemplate') return NONE;
  switch (owner.kind) {
    case 'Pod':
      return { count: 1, lasting: true };
    case 'DaemonSet':
      return { count: 1, lasting: false };
    case 'Job':
      return { count: jobPods(spec), lasting: true };
    case 'CronJob': {
      const count = spec.suspend === true ? 0 : jobPods(record(record(spec.jobTemplate).spec));
      return { count, lasting: false };
    }
    default:
      return { count: numberOr(spec.replicas, 1), lasting: true };
  }
}

function jobPods({ suspend, parallelism, completions }: JsonObject): number {
  if (suspend === true) return 0;
  const together = numberOr(parallelism, 1);
  return typeof completions === 'number' ? Math.min(together, completions) : together;
}

function numberOr(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' && value >= 0 ? value : otherwise;
}
