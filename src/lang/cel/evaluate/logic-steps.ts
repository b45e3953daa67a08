import { CelError, noSuchOverload, Optional } from '../values/value.ts';
import { placed } from './call.ts';
import type { Step } from './frame.ts';

/** `&&` (decided by false) and `||` (decided by true), which forgive what fails where another term decides. */
export function logic([left = nothing, right = nothing]: readonly Step[], decisive: boolean, at: number): Step {
  return (frame) => {
    const first = left(frame);
    if (first === decisive) return decisive;
    const second = right(frame);
    if (second === decisive) return decisive;
    if (typeof first !== 'boolean') return placed(first instanceof CelError ? first : noSuchOverload(), at);
    if (typeof second !== 'boolean') return placed(second instanceof CelError ? second : noSuchOverload(), at);
    return !decisive;
  };
}

/** `@not_strictly_false`, with which loops go on: whatever is no bool counts as true. */
export function notStrictlyFalse(step: Step): Step {
  return (frame) => {
    const value = step(frame);
    frame.spend(1);
    return typeof value === 'boolean' ? value : true;
  };
}

/** `a.or(b)` and `a.orValue(b)`: b is looked at only where a has no value. */
export function otherwise(first: Step, second: Step, unwraps: boolean): Step {
  return (frame) => {
    const value = first(frame);
    if (value instanceof CelError) return value;
    if (!(value instanceof Optional)) return noSuchOverload();
    if (value.value === undefined) return second(frame);
    return unwraps ? value.value : value;
  };
}

const nothing: Step = () => null;
