import { GrowingList, GrowingMap } from '../values/collections.ts';
import { CelError, CelList, CelMap, goTypeOf, type Value } from '../values/value.ts';
import type { Frame, Step } from './frame.ts';

/** The parts of a loop; the numbers are slots of the frame. */
export interface FoldSteps {
  readonly at: number;
  readonly range: Step;
  readonly accu: number;
  readonly variable: number;
  readonly secondVariable: number | undefined;
  readonly condition: Step;
  readonly step: Step;
  readonly result: Step;
}

/** The part of a program that runs a loop. Mirrors evalFold of cel-go's interpreter/interpretable.go. */
export function foldStep(fold: FoldSteps): Step {
  const { range, accu, result, at, secondVariable } = fold;
  return (frame) => {
    const over = range(frame);
    if (over instanceof CelError) return over;
    frame.slots[accu] = undefined;
    if (secondVariable !== undefined) {
      if (!foldPairs(frame, over, fold, secondVariable))
        return new CelError(`unsupported comprehension range type: ${goTypeOf(over)}`, at);
    } else if (!foldItems(frame, over, fold)) {
      return new CelError(`got '${goTypeOf(over)}', expected iterable type`, at);
    }
    const value = result(frame);
    return value instanceof GrowingList || value instanceof GrowingMap ? value.finished() : value;
  };
}

function foldItems(frame: Frame, over: Value, { variable, condition, step, accu }: FoldSteps): boolean {
  if (over instanceof CelList) {
    const { size } = over;
    for (let index = 0; index < size; index++) {
      frame.slots[variable] = over.item(index);
      if (condition(frame) === false) break;
      frame.slots[accu] = step(frame);
    }
    return true;
  }
  if (!(over instanceof CelMap)) return false;
  for (const key of over.keys()) {
    frame.slots[variable] = key;
    if (condition(frame) === false) break;
    frame.slots[accu] = step(frame);
  }
  return true;
}

function foldPairs(frame: Frame, over: Value, fold: FoldSteps, second: number): boolean {
  const pairs = over instanceof CelList ? indexed(over) : over instanceof CelMap ? entries(over) : undefined;
  if (pairs === undefined) return false;
  for (const [key, value] of pairs) {
    frame.slots[fold.variable] = key;
    frame.slots[second] = value;
    if (fold.condition(frame) === false) break;
    frame.slots[fold.accu] = fold.step(frame);
  }
  return true;
}

function* indexed(list: CelList): Generator<readonly [Value, Value]> {
  for (let index = 0; index < list.size; index++) yield [BigInt(index), list.item(index)];
}

function* entries(map: CelMap): Generator<readonly [Value, Value]> {
  for (const key of map.keys()) yield [key, map.find(key) ?? null];
}

/** The value of an accumulator, which begins when it is first asked for; an empty list or map then grows in place. */
export function accumulator(slot: number, init: Step): Step {
  return (frame) => {
    const value = frame.slots[slot];
    if (value !== undefined) return value;
    const initial = init(frame);
    const begun =
      initial instanceof CelList && initial.size === 0
        ? new GrowingList()
        : initial instanceof CelMap && initial.size === 0
          ? new GrowingMap()
          : initial;
    frame.slots[slot] = begun;
    return begun;
  };
}
