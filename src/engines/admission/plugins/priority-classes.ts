import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { ImplicitObject } from '../../../cluster/index/implicit-object.ts';
import { textOf } from '../../../cluster/stored/object-metadata.ts';
import { storedObjects } from '../../../cluster/stored/stored-objects.ts';
import { compareBytes } from '../../../lang/byte-order.ts';
import { memo } from '../../../lang/memo.ts';
import type { ManifestObject } from '../../../model/object.ts';

/** A PriorityClass as the plugin Priority sees it. */
export interface StoredPriorityClass {
  readonly object: ManifestObject | ImplicitObject;
  readonly name: string;
  readonly value: number;
  readonly globalDefault: boolean;
  /** '' before pods could be told not to preempt others. */
  readonly preemptionPolicy: string;
}

/** Since this minor pods and classes have a preemptionPolicy (the gate NonPreemptingPriority is open). */
export const FIRST_PREEMPTION_POLICY = 19;

const SYSTEM_CRITICAL = 2_000_000_000;
const SYSTEM_CLASSES: readonly (readonly [name: string, value: number])[] = [
  ['system-cluster-critical', SYSTEM_CRITICAL],
  ['system-node-critical', SYSTEM_CRITICAL + 1000],
];

/**
 * The PriorityClasses of a cluster in byte order of their names, the two that every server makes for itself included. Mirrors SystemPriorityClasses
 * and SetDefaults_PriorityClass of pkg/apis/scheduling/v1, v1.24.
 */
export function priorityClasses(cluster: Cluster): readonly StoredPriorityClass[] {
  return memo(cluster, collect);
}

function collect(cluster: Cluster): readonly StoredPriorityClass[] {
  const policy = cluster.version.value.minor >= FIRST_PREEMPTION_POLICY ? 'PreemptLowerPriority' : '';
  const declared = storedObjects(cluster, 'scheduling.k8s.io', 'PriorityClass').map(
    ({ object, name, value }): StoredPriorityClass => ({
      object,
      name,
      value: typeof value.value === 'number' ? value.value : 0,
      globalDefault: value.globalDefault === true,
      preemptionPolicy: policy === '' ? '' : textOf(value.preemptionPolicy) || policy,
    }),
  );
  const system = SYSTEM_CLASSES.filter(([name]) => !declared.some((each) => each.name === name)).map(
    ([name, value]): StoredPriorityClass => {
      const apiVersion = 'scheduling.k8s.io/v1';
      const origin = 'every server makes it';
      const object = { implicit: true, apiVersion, kind: 'PriorityClass', name, namespace: '', origin } as const;
      return { object, name, value, globalDefault: false, preemptionPolicy: policy };
    },
  );
  return [...declared, ...system].sort((left, right) => compareBytes(left.name, right.name));
}
