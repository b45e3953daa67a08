import { buildWellKnown } from '../library/well-known.ts';
import { ArrayList, keyText, mapOf } from '../values/collections.ts';
import { CelError, Optional, type Value } from '../values/value.ts';
import { placed } from './call.ts';
import type { Frame, Step } from './frame.ts';

/** A part of a list, map or struct; one that is optional is left out where it has no value. */
interface Part {
  readonly value: Step;
  readonly optional: boolean;
}

/** Makes a list; the first error among its items is the list's. */
export function listStep(items: readonly Part[], at: number): Step {
  return (frame) => {
    const values: Value[] = [];
    for (const item of items) {
      const value = valueOf(item, frame, at, 'list element');
      if (value instanceof CelError) return value;
      if (value !== undefined) values.push(value);
    }
    return new ArrayList(values);
  };
}

/** Makes a map. */
export function mapStep(entries: readonly (Part & { readonly key: Step })[], at: number): Step {
  return (frame) => {
    const pairs: (readonly [Value, Value])[] = [];
    for (const entry of entries) {
      const key = entry.key(frame);
      if (key instanceof CelError) return key;
      const value = valueOf(entry, frame, at, `entry '${keyText(key)}'`);
      if (value instanceof CelError) return value;
      if (value !== undefined) pairs.push([key, value]);
    }
    return mapOf(pairs);
  };
}

/** Makes a value of a well-known type. */
export function structStep(name: string, fields: readonly (Part & { readonly field: string })[], at: number): Step {
  return (frame) => {
    const values = new Map<string, Value>();
    for (const part of fields) {
      const value = valueOf(part, frame, at, `entry '${part.field}'`);
      if (value instanceof CelError) return value;
      if (value !== undefined) values.set(part.field, value);
    }
    return placed(buildWellKnown(name, values) ?? null, at);
  };
}

/** Undefined for what is left out; `what` is for the error. */
function valueOf({ value: step, optional }: Part, frame: Frame, at: number, what: string): Value | undefined {
  const value = step(frame);
  if (!optional || value instanceof CelError) return value;
  if (value instanceof Optional) return value.value;
  return new CelError(`cannot initialize optional ${what} from non-optional value ${keyText(value)}`, at);
}
