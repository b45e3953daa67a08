import { isHugePages } from '../../../cluster/validation/resource-names.ts';
import { amountOf, decimalQuantity, type Quantity } from '../../../lang/quantity.ts';
import { addLists, maxLists, readResourceList, type ResourceList } from '../../../lang/resource-list.ts';
import type { Container } from '../../../model/kinds/container.ts';
import type { PodSpec } from '../../../model/kinds/pod.ts';

/** What a pod asks for as a whole. */
export interface PodTotals {
  readonly requests: ResourceList;
  readonly limits: ResourceList;
}

type Side = keyof PodTotals;

const NOTHING: ResourceList = new Map();
/** Overhead counts for quota from here on (feature gate PodOverhead; earlier servers did not look at it). */
const FIRST_OVERHEAD = 21;
/** pkg/api/v1/resource counts from here on: overhead raises only limits that are set. */
const FIRST_HELPER = 27;
/** LimitRanger adds up what some containers set, and restartable init containers run beside the others. */
const FIRST_SIDECARS = 28;
/** Feature gate PodLevelResources is on by default: what the pod itself sets stands for its containers'. */
const FIRST_POD_LEVEL = 34;

/** What quota charges a pod for. Mirrors PodUsageFunc of pkg/quota/v1/evaluator/core, v1.11 to v1.37, by default feature gates. */
export function quotaTotals(spec: PodSpec, minor: number): PodTotals {
  const overhead = minor >= FIRST_OVERHEAD ? readResourceList(spec.overhead) : NOTHING;
  if (minor < FIRST_HELPER) {
    const total = (side: Side) => addLists(oldTotal(spec, side), overhead);
    return { requests: total('requests'), limits: total('limits') };
  }
  const isOurs = (name: string) => isPodLevel(name) || isHugePages(name);
  const limits = newTotal(spec, 'limits', minor, isOurs);
  const raised = new Map([...overhead].filter(([name]) => (limits.get(name)?.value ?? 0n) !== 0n));
  return {
    requests: addLists(newTotal(spec, 'requests', minor, isOurs), overhead),
    limits: addLists(limits, raised),
  };
}

/** What LimitRanger holds against the limits of type Pod. Mirrors PodValidateLimitFunc, v1.11 to v1.37, by default feature gates. */
export function limitRangerTotals(spec: PodSpec, minor: number): PodTotals {
  if (minor >= FIRST_SIDECARS) {
    return {
      requests: newTotal(spec, 'requests', minor, isPodLevel),
      limits: newTotal(spec, 'limits', minor, isPodLevel),
    };
  }
  const total = (side: Side) => {
    let sum = sumOfAll((spec.containers ?? []).map((container) => listOf(container, side)));
    for (const container of spec.initContainers ?? []) sum = maxLists(sum, listOf(container, side), 'left');
    return sum;
  };
  return { requests: total('requests'), limits: total('limits') };
}

function isPodLevel(name: string): boolean {
  return name === 'cpu' || name === 'memory';
}

function listOf({ resources }: Container, side: Side): ResourceList {
  return readResourceList(resources?.[side]);
}

/** The containers' sum, or what one init container takes where that is more. */
function oldTotal({ containers = [], initContainers = [] }: PodSpec, side: Side): ResourceList {
  let total = NOTHING;
  for (const container of containers) total = addLists(total, listOf(container, side));
  for (const container of initContainers) total = maxLists(total, listOf(container, side), 'right');
  return total;
}

/** Mirrors PodRequests and PodLimits of component-helpers, v0.37, for a pod that has no status. */
function newTotal(spec: PodSpec, side: Side, minor: number, isOurs: (name: string) => boolean): ResourceList {
  let total = NOTHING;
  for (const container of spec.containers ?? []) total = addLists(total, listOf(container, side));
  let sidecars = NOTHING;
  let peak = NOTHING;
  for (const container of spec.initContainers ?? []) {
    const own = listOf(container, side);
    if (minor >= FIRST_SIDECARS && container.restartPolicy === 'Always') {
      total = addLists(total, own);
      sidecars = addLists(sidecars, own);
      peak = maxLists(peak, sidecars, 'left');
    } else peak = maxLists(peak, addLists(own, sidecars), 'left');
  }
  total = maxLists(total, peak, 'left');
  if (minor < FIRST_POD_LEVEL) return total;
  const set = [...readResourceList(spec.resources?.[side])].filter(([name]) => isOurs(name));
  return new Map([...total, ...set]);
}

/** The sum of what all of the lists set, in plain numbers. Mirrors LimitRanger's sum. */
function sumOfAll(lists: readonly ResourceList[]): ResourceList {
  const sums = new Map<string, Quantity>();
  for (const name of new Set(lists.flatMap((list) => [...list.keys()]))) {
    const unit = name === 'cpu' ? 'milli' : 'one';
    const amounts = lists.flatMap((list) => list.get(name) ?? []);
    if (amounts.length < lists.length) continue;
    sums.set(
      name,
      decimalQuantity(
        amounts.reduce((sum, amount) => sum + amountOf(amount, unit), 0n),
        unit,
      ),
    );
  }
  return sums;
}
