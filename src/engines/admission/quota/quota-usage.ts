import type { Cluster } from '../../../cluster/index/cluster.ts';
import { metadataOf, textOf } from '../../../cluster/stored/object-metadata.ts';
import { servedResources } from '../../../cluster/index/served-resources.ts';
import { type StoredObject, storedIn } from '../../../cluster/stored/stored-objects.ts';
import { decimalQuantity } from '../../../lang/quantity.ts';
import { addLists, maskList, readResourceList, type ResourceList } from '../../../lang/resource-list.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { ResourceQuota } from '../../../model/kinds/resource-quota.ts';
import { quotaEvaluator } from './quota-evaluators.ts';
import { isInScope, quotaState, type QuotaState } from './quota-state.ts';

/** What is counted beside the objects of the manifests, and what is not. */
export interface Counting {
  /** Objects that no manifest tells of. */
  readonly admitted?: readonly JsonObject[];
  /** The object that a request is about to make: it is not there yet, although a manifest shows it. */
  readonly itself?: { readonly group: string; readonly resource: string; readonly name: string };
}

const ZERO = decimalQuantity(0n);
/** Every cluster counts these, whatever its discovery says. */
const ALWAYS = [
  'pods',
  'services',
  'persistentvolumeclaims',
  'configmaps',
  'resourcequotas',
  'replicationcontrollers',
  'secrets',
];

/**
 * The quotas of a namespace in byte order of their names, each with its status: as its manifest has it, or as the quota controller would
 * write it for the objects that the manifests show. Mirrors CalculateUsage of apiserver pkg/quota/v1, v1.24.
 */
export function quotasWithUsage(cluster: Cluster, namespace: string, counting: Counting = {}): readonly QuotaState[] {
  return storedIn(cluster, '', 'ResourceQuota', namespace).map((stored) => {
    const { status = {} }: ResourceQuota = stored.value;
    const { hard = {}, used = {} } = status;
    if (Object.keys(hard).length > 0 || Object.keys(used).length > 0) {
      return { ...quotaState(stored, readResourceList(used)), hard: readResourceList(hard) };
    }
    return withUsage(cluster, namespace, stored, counting);
  });
}

/** A quota with nothing used of it yet: what it tracks is 0. */
export function unusedQuota(cluster: Cluster, stored: StoredObject): QuotaState {
  return withUsage(cluster, undefined, stored, {});
}

/** Counts the objects of a namespace; without one, none. */
function withUsage(
  cluster: Cluster,
  namespace: string | undefined,
  stored: StoredObject,
  counting: Counting,
): QuotaState {
  const unused = quotaState(stored, new Map());
  const names = [...unused.hard.keys()];
  const { minor } = cluster.version.value;
  let used: ResourceList = new Map();
  for (const counted of countedResources(cluster, names)) {
    const evaluator = quotaEvaluator(counted.group, counted.resource, minor);
    const matching = evaluator?.matching(names) ?? [];
    if (evaluator === undefined || matching.length === 0) continue;
    let sum: ResourceList = new Map(matching.map((name) => [name, ZERO]));
    const there = namespace === undefined ? [] : objectsThere(cluster, namespace, counted, counting);
    for (const value of there) {
      if (isInScope(unused, evaluator, value)) sum = addLists(sum, evaluator.usage(value));
    }
    used = addLists(used, maskList(sum, matching));
  }
  return { ...unused, used };
}

function objectsThere(
  cluster: Cluster,
  namespace: string,
  { group, resource, kind }: CountedResource,
  { admitted = [], itself }: Counting,
): readonly JsonObject[] {
  const isItself = (name: string): boolean =>
    itself?.name === name && itself.group === group && itself.resource === resource;
  const stored = storedIn(cluster, group, kind, namespace).filter(({ name }) => !isItself(name));
  const others = admitted.filter(
    (object) => object.kind === kind && groupOf(object) === group && metadataOf(object).namespace === namespace,
  );
  return [...stored.map(({ value }) => value), ...others];
}

function groupOf({ apiVersion }: JsonObject): string {
  const [version = '', ...rest] = textOf(apiVersion).split('/').reverse();
  return version === '' ? '' : rest.join('/');
}

interface CountedResource {
  readonly group: string;
  readonly resource: string;
  readonly kind: string;
}

/** The resources whose objects a quota with such names counts, each once. */
export function countedResources(cluster: Cluster, names: readonly string[]): readonly CountedResource[] {
  const counted = new Set(names.flatMap((name) => (name.startsWith('count/') ? [name.slice('count/'.length)] : [])));
  const found = new Map<string, CountedResource>();
  for (const { group, resource, kind, namespaced } of servedResources(cluster)) {
    const qualified = group === '' ? resource : `${resource}.${group}`;
    if (namespaced && (counted.has(qualified) || ALWAYS.includes(qualified)))
      found.set(qualified, { group, resource, kind });
  }
  return [...found.values()];
}
