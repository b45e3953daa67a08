import type { Cluster } from '../../cluster/index/cluster.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { storedIn, type StoredObject } from '../../cluster/stored/stored-objects.ts';
import type { JsonObject } from '../../model/object.ts';
import type { Reason } from '../verdict.ts';
import type { GateVerdict } from './chain.ts';
import { claimAdmission } from './object-admission.ts';
import { gatesOf, podAdmission, refusalBy } from './pod-admission.ts';
import { storeObject } from './store-object.ts';

/** Why a pod or a claim is kept out by the LimitRanges of its namespace. */
export interface LimitRefusal {
  /** The server's words. */
  readonly message: string;
  readonly because: readonly Reason[];
  /** `invalid`: the defaults that are filled in make the pod one that the API refuses. */
  readonly cause: 'broken' | 'invalid';
}

const PLUGIN = 'LimitRanger';

/** What LimitRanger has against a pod, or what the API has against the pod that LimitRanger makes of it; undefined where nothing, or the plugin is off. */
export function podLimitRefusal(cluster: Cluster, source: PodSource): LimitRefusal | undefined {
  const run = podAdmission(cluster, source);
  const rejection = refusalBy(run, PLUGIN);
  if (rejection !== undefined) return { message: rejection.message, because: rejection.because, cause: 'broken' };
  const change = limitChange(cluster, source);
  if (change === undefined) return undefined;
  const faults = (object: JsonObject): readonly string[] =>
    storeObject(cluster, { ...run.request, object }, { allowPrivileged: true }).errors.map(({ message }) => message);
  const before = new Set(faults(change.before));
  const fault = faults(change.after).find((message) => !before.has(message));
  if (fault === undefined) return undefined;
  const because = storedIn(cluster, '', 'LimitRange', source.namespace).map(({ object }) => ({
    object,
    path: ['spec', 'limits'],
    sentence: 'sets the defaults that the pod gets',
  }));
  return { message: fault, because, cause: 'invalid' };
}

/** What LimitRanger has against a claim; undefined where nothing, or the plugin is off. */
export function claimLimitRefusal(cluster: Cluster, claim: StoredObject): LimitRefusal | undefined {
  const rejection = refusalBy(claimAdmission(cluster, claim), PLUGIN);
  return rejection && { message: rejection.message, because: rejection.because, cause: 'broken' };
}

/** What LimitRanger fills into a pod; undefined where it leaves it as it is. */
export function limitChange(cluster: Cluster, source: PodSource): GateVerdict['change'] {
  return gatesOf(podAdmission(cluster, source), PLUGIN).find(({ change }) => change !== undefined)?.change;
}
