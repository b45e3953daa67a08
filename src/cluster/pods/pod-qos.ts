import { addQuantities, compareQuantities, parseQuantity, type Quantity } from '../../lang/quantity.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';

export type QOSClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

type Resources = Map<string, Quantity>;

/** The quality-of-service class of a pod by the cpu and memory of its containers and init containers. Mirrors qos.GetPodQOS, v1.24. */
export function podQOS(spec: PodSpec): QOSClass {
  const requests: Resources = new Map();
  const limits: Resources = new Map();
  let guaranteed = true;
  for (const { resources } of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
    addUp(requests, resources?.requests);
    if (addUp(limits, resources?.limits) < 2) guaranteed = false;
  }
  if (requests.size === 0 && limits.size === 0) return 'BestEffort';
  if (!guaranteed || requests.size !== limits.size) return 'Burstable';
  for (const [name, request] of requests) {
    const limit = limits.get(name);
    if (limit === undefined || compareQuantities(limit, request) !== 0) return 'Burstable';
  }
  return 'Guaranteed';
}

/** Adds what a container asks for of cpu and memory; how many of the two it asks for at all. */
function addUp(total: Resources, resources: Readonly<Record<string, string>> = {}): number {
  let found = 0;
  for (const name of ['cpu', 'memory']) {
    const quantity = Object.hasOwn(resources, name) ? parseQuantity(resources[name] ?? '') : undefined;
    if (quantity === undefined || quantity.value <= 0n) continue;
    found++;
    const before = total.get(name);
    total.set(name, before === undefined ? quantity : addQuantities(quantity, before));
  }
  return found;
}
