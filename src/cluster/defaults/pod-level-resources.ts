import { formatQuantity } from '../../lang/quantity.ts';
import { addLists, maxLists, readResourceList, type ResourceList } from '../../lang/resource-list.ts';
import type { LaterSpec } from './default-later.ts';

const NONE: ResourceList = new Map();
/** Since this minor the limits of pods for huge pages come from their containers. */
const FIRST_HUGE_LIMITS = 34;

/**
 * Fills in the requests of a pod as a whole where it has limits as a whole: what its containers request together, else its limits. Mirrors
 * defaultHugePagePodLimits and defaultPodRequests of pkg/apis/core/v1, v1.34 to v1.37.
 */
export function defaultPodResources(spec: LaterSpec, minor: number): void {
  const { resources } = spec;
  if (resources === undefined) return;
  const limits = { ...resources.limits };
  const requests = { ...resources.requests };
  if (minor >= FIRST_HUGE_LIMITS && Object.keys({ ...limits, ...requests }).length > 0) {
    for (const [name, quantity] of aggregateResources(spec, 'limits')) {
      if (isHugePages(name) && !Object.hasOwn(requests, name)) limits[name] ??= formatQuantity(quantity);
    }
    if (Object.keys(limits).length > 0) resources.limits = limits;
  }
  if (Object.keys(limits).length === 0) return;
  for (const [name, quantity] of aggregateResources(spec, 'requests')) {
    if (isOfPods(name) && !isHugePages(name)) requests[name] ??= formatQuantity(quantity);
  }
  for (const [name, limit] of Object.entries(limits)) if (isOfPods(name)) requests[name] ??= limit;
  if (Object.keys(requests).length > 0) resources.requests = requests;
}

function isOfPods(name: string): boolean {
  return name === 'cpu' || name === 'memory' || isHugePages(name);
}

function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

/** What all containers ask for together; init containers that go on running add to those that come after them. */
export function aggregateResources(spec: LaterSpec, list: 'limits' | 'requests'): ResourceList {
  let total = NONE;
  for (const { resources } of spec.containers ?? []) total = addLists(total, readResourceList(resources?.[list]));
  let running = NONE;
  let starting = NONE;
  for (const container of spec.initContainers ?? []) {
    const own = readResourceList(container.resources?.[list]);
    let needed = addLists(own, running);
    if ('restartPolicy' in container && container.restartPolicy === 'Always') {
      total = addLists(total, own);
      running = needed = addLists(running, own);
    }
    starting = maxLists(starting, needed, 'left');
  }
  return maxLists(total, starting, 'left');
}
