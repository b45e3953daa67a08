import { keyOf } from '../values/collections.ts';
import { CelError, type CelList, Uint, type Value } from '../values/value.ts';
import type { Step } from './frame.ts';

const MAX_INT = 2n ** 63n - 1n;
const MAX_UINT = 2n ** 64n - 1n;

/**
 * `x in [...]` with a list of constants: looked up in a set, at no cost. False where the list is empty; undefined where an item is of no simple type. Mirrors
 * maybeOptimizeSetMembership of cel-go's interpreter/decorators.go.
 */
export function setMembership(value: Step, list: CelList): Step | false | undefined {
  if (list.size === 0) return false;
  const keys = new Set<string>();
  for (const item of list) {
    const isSimple = ['string', 'bigint', 'boolean', 'number'].includes(typeof item) || item instanceof Uint;
    if (!isSimple) return undefined;
    for (const spelling of spellings(item)) keys.add(spelling);
  }
  return (frame) => {
    const found = value(frame);
    if (found instanceof CelError) return found;
    return keys.has(keyOf(found, -1));
  };
}

/** An item under every type of number that holds it. */
function spellings(item: Value): string[] {
  const own = keyOf(item, 0);
  if (typeof item === 'number') return Number.isInteger(item) ? [own, ...wholes(BigInt(item))] : [own];
  const whole = item instanceof Uint ? item.value : item;
  return typeof whole === 'bigint' ? [...wholes(whole), keyOf(Number(whole), 0)] : [own];
}

function wholes(value: bigint): string[] {
  const keys = value <= MAX_INT && value >= -MAX_INT - 1n ? [keyOf(value, 0)] : [];
  return value >= 0n && value <= MAX_UINT ? [...keys, keyOf(new Uint(value), 0)] : keys;
}
