import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import { podQOS } from '../../../cluster/pods/pod-qos.ts';
import {
  isExtendedInQuota,
  isExtendedResource,
  isHugePages,
  isHugePagesInQuota,
} from '../../../cluster/validation/resource-names.ts';
import { labelSelectorMatches } from '../../../lang/label-selector.ts';
import { decimalQuantity, type Quantity } from '../../../lang/quantity.ts';
import { addLists, readResourceList, type ResourceList, sortedNames } from '../../../lang/resource-list.ts';
import type { Container } from '../../../model/kinds/container.ts';
import type { PodSpec } from '../../../model/kinds/pod.ts';
import type { ScopedResourceSelectorRequirement } from '../../../model/kinds/resource-quota.ts';
import type { PodAffinityTerm } from '../../../model/kinds/scheduling.ts';
import type { JsonObject } from '../../../model/object.ts';
import { type PodTotals, quotaTotals } from '../request/pod-totals.ts';
import type { QuotaEvaluator } from './quota-evaluator.ts';

const ONE = decimalQuantity(1n);
const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const NAMES = new Set([
  'count/pods',
  'pods',
  ...COMPUTE.flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
]);
/** What every container must set where a quota limits it: of these alone (a mistake of old, as upstream says). */
const DEMANDED = ['cpu', 'memory'].flatMap((name) => [name, `requests.${name}`, `limits.${name}`]);
const FIRST_CONTAINER_NAMES = 24;
const FIRST_POD_LEVEL = 34;

/** How quota measures pods. Mirrors pkg/quota/v1/evaluator/core/pods.go, v1.11 to v1.37, by default feature gates. */
export function podEvaluator(minor: number): QuotaEvaluator {
  return {
    countsUpdates: false,
    matching: (names) => names.filter((name) => NAMES.has(name) || isHugePagesInQuota(name) || isExtendedInQuota(name)),
    matchesScope: (scope, object) => matchesScope(scope, specOf(object)),
    missing: (restricted, object) => missing(restricted, specOf(object), minor),
    usage: (object) => podUsage(object as unknown as ServerPod, minor),
  };
}

function specOf(object: JsonObject): PodSpec {
  return (object as unknown as ServerPod).spec;
}

function missing(restricted: readonly string[], spec: PodSpec, minor: number): string {
  const podLevel = { ...spec.resources?.requests, ...spec.resources?.limits };
  if (minor >= FIRST_POD_LEVEL && Object.keys(podLevel).some((name) => DEMANDED.includes(name) || isHugePages(name)))
    return '';
  const demanded = sortedNames(DEMANDED.filter((name) => restricted.includes(name)));
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const found = demanded.flatMap((name) => {
    const without = containers.filter((container) => !charges(totalsOf(container)).has(name));
    const names = sortedNames(new Set(without.map((container) => container.name ?? '')));
    return names.length === 0 ? [] : [{ name, containers: names.join(',') }];
  });
  if (found.length === 0) return '';
  if (minor < FIRST_CONTAINER_NAMES) return `must specify ${found.map(({ name }) => name).join(',')}`;
  return `must specify ${found.map((each) => `${each.name} for: ${each.containers}`).join('; ')}`;
}

function totalsOf({ resources }: Container): PodTotals {
  return { requests: readResourceList(resources?.requests), limits: readResourceList(resources?.limits) };
}

function podUsage(pod: ServerPod, minor: number): ResourceList {
  const count: ResourceList = new Map([['count/pods', ONE]]);
  return hasEnded(pod) ? count : addLists(count, charges(quotaTotals(pod.spec, minor)));
}

/** Pods that have ended take nothing; one that a manifest shows as being deleted has had its time. */
function hasEnded({ metadata, status }: ServerPod): boolean {
  const isDeleted = metadata.deletionTimestamp !== undefined && metadata.deletionGracePeriodSeconds !== undefined;
  return isDeleted || status.phase === 'Failed' || status.phase === 'Succeeded';
}

/** What a quota is charged for requests and limits. Mirrors podComputeUsageHelper. */
function charges({ requests, limits }: PodTotals): ResourceList {
  const charged = new Map<string, Quantity>([['pods', ONE]]);
  for (const name of COMPUTE) {
    const request = requests.get(name);
    const limit = limits.get(name);
    if (request !== undefined) charged.set(name, request).set(`requests.${name}`, request);
    if (limit !== undefined) charged.set(`limits.${name}`, limit);
  }
  for (const [name, request] of requests) {
    if (isHugePages(name)) charged.set(name, request).set(`requests.${name}`, request);
    if (isExtendedResource(name)) charged.set(`requests.${name}`, request);
  }
  return charged;
}

function matchesScope(scope: ScopedResourceSelectorRequirement, spec: PodSpec): boolean {
  switch (scope.scopeName) {
    case 'Terminating':
      return isTerminating(spec);
    case 'NotTerminating':
      return !isTerminating(spec);
    case 'BestEffort':
      return podQOS(spec) === 'BestEffort';
    case 'NotBestEffort':
      return podQOS(spec) !== 'BestEffort';
    case 'PriorityClass':
      return matchesPriorityClass(scope, spec.priorityClassName ?? '');
    case 'CrossNamespacePodAffinity':
      return affinityTerms(spec).some(isCrossNamespace);
    default:
      return false;
  }
}

function isTerminating({ activeDeadlineSeconds }: PodSpec): boolean {
  return activeDeadlineSeconds !== undefined && activeDeadlineSeconds >= 0;
}

function matchesPriorityClass({ operator, values }: ScopedResourceSelectorRequirement, name: string): boolean {
  const requirement = { key: 'PriorityClass', ...(operator && { operator }), ...(values && { values }) };
  const labels = new Map(name === '' ? [] : [['PriorityClass', name]]);
  return labelSelectorMatches({ matchExpressions: [requirement] }, labels);
}

function affinityTerms({ affinity }: PodSpec): readonly PodAffinityTerm[] {
  return [affinity?.podAffinity, affinity?.podAntiAffinity].flatMap((each) => [
    ...(each?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(each?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      ({ podAffinityTerm }) => podAffinityTerm ?? {},
    ),
  ]);
}

function isCrossNamespace({ namespaces = [], namespaceSelector }: PodAffinityTerm): boolean {
  return namespaces.length > 0 || namespaceSelector !== undefined;
}
