import { qualifiedNameErrors } from './name-formats.ts';

/*
 * The names that resources may have: in containers, in LimitRanges, in quotas. Mirror pkg/apis/core/helper, v1.24.
 */

const OF_CONTAINERS = new Set(['cpu', 'memory', 'ephemeral-storage']);
const COUNTED = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);
const OF_QUOTAS = new Set([
  ...COUNTED,
  ...[...OF_CONTAINERS].flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
  'requests.storage',
]);

/** Names without a prefix and those of kubernetes.io belong to Kubernetes itself. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** A resource of a vendor, as a container asks for it: `nvidia.com/gpu`. */
export function isExtendedResource(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && qualifiedNameErrors(`requests.${name}`).length === 0;
}

/** The same in a quota: `requests.nvidia.com/gpu`. */
export function isExtendedInQuota(name: string): boolean {
  return !isNative(name) && name.startsWith('requests.');
}

/** `hugepages-2Mi`. */
export function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

/** `hugepages-2Mi` or `requests.hugepages-2Mi`. */
export function isHugePagesInQuota(name: string): boolean {
  return isHugePages(name) || name.startsWith('requests.hugepages-');
}

/** Whether a request may be less than its limit. */
export function mayOvercommit(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** Whether amounts of it are whole numbers. */
export function isWhole(name: string): boolean {
  return COUNTED.has(name) || isExtendedResource(name);
}

/** Whether quota knows it by its bare name. */
export function isQuotaResource(name: string): boolean {
  return OF_QUOTAS.has(name) || isHugePagesInQuota(name);
}

/** What is wrong with a name as such. Mirrors validateResourceName. */
export function resourceNameErrors(name: string, minor?: number): readonly string[] {
  const errors = qualifiedNameErrors(name, minor);
  if (errors.length > 0) return errors;
  const isStandard = name.includes('/') || name === 'storage' || isQuotaResource(name);
  return isStandard ? [] : ['must be a standard resource type or fully qualified'];
}

/** What is wrong with the name of a resource of a container. Mirrors validateContainerResourceName. */
export function containerResourceErrors(name: string, minor?: number): readonly string[] {
  const errors = resourceNameErrors(name, minor);
  if (!name.includes('/')) {
    const isContainers = OF_CONTAINERS.has(name) || isHugePages(name);
    return isContainers ? errors : [...errors, 'must be a standard resource for containers'];
  }
  if (isNative(name) || isExtendedResource(name)) return errors;
  return [...errors, "doesn't follow extended resource name standard"];
}
