import type { FunctionDecl, Overload, Run } from '../library/declare.ts';
import type { CelType } from '../types/cel-type.ts';
import { isDyn } from '../types/cel-type.ts';
import { CelError, CelList, CelMap, Duration, noSuchOverload, Timestamp, typeOf, type Value } from '../values/value.ts';
import type { CallCost } from './call-cost.ts';
import type { Frame, Step } from './frame.ts';

/** What runs a call of a function: by one signature where checking found one, else by what the values are. `eager` evaluates two arguments even if the first fails. */
export interface Binding {
  readonly run: Run;
  readonly eager: boolean;
}

/** Finds what runs a call. Mirrors planCall of cel-go's interpreter/planner.go and Bindings of common/decls. */
export function bind(decl: FunctionDecl, overloads: readonly string[]): Binding {
  const bound = decl.overloads.filter(({ run }) => run !== undefined);
  const single = overloads.length === 1 ? bound.find(({ id }) => id === overloads[0]) : undefined;
  const only = single ?? (bound.length === 1 && decl.shared === undefined ? bound[0] : undefined);
  if (only !== undefined) return { run: guarded(decl, only), eager: decl.stepwise !== true };
  const { shared } = decl;
  if (shared !== undefined) {
    const { run, trait } = shared;
    if (trait === undefined) return { run, eager: true };
    return {
      eager: true,
      run: (...args) => {
        const [first = null] = args;
        if (trait(first)) return run(...args);
        const isReceiver = typeof first === 'string' || first instanceof Timestamp || first instanceof Duration;
        return isReceiver ? noSuchOverload() : new CelError(`no such overload: ${decl.name}`);
      },
    };
  }
  return { run: dispatcher(decl, bound), eager: false };
}

function guarded(decl: FunctionDecl, { run = () => noSuchOverload(), args: types }: Overload): Run {
  if (decl.unguarded === true || types.length === 0) return run;
  return (...args) => (fitAll(types, args) ? run(...args) : mismatch(decl.name, args));
}

function dispatcher(decl: FunctionDecl, bound: readonly Overload[]): Run {
  return (...args) => {
    for (const { args: types, run } of bound)
      if (types.length === args.length && (decl.unguarded === true || fitAll(types, args)))
        return run === undefined ? noSuchOverload() : run(...args);
    return mismatch(decl.name, args);
  };
}

function mismatch(name: string, args: readonly Value[]): CelError {
  return new CelError(`no such overload: ${name}(${args.map((arg) => typeOf(arg).name).join(', ')})`);
}

function fitAll(types: readonly CelType[], args: readonly Value[]): boolean {
  for (let index = 0; index < types.length; index++) {
    const type = types[index];
    const arg = args[index];
    if (type === undefined || arg === undefined || !fits(type, arg)) return false;
  }
  return true;
}

/** Whether a value is of a type, as far as its first item shows. Mirrors IsAssignableRuntimeType. */
function fits(type: CelType, value: Value): boolean {
  if (isDyn(type) || type.kind === 'param') return true;
  if (type.name !== typeOf(value).name) return false;
  const [first, second] = type.params;
  if (value instanceof CelList) return value.size === 0 || first === undefined || fits(first, value.item(0));
  if (!(value instanceof CelMap)) return true;
  for (const key of value.keys())
    return first === undefined || second === undefined || (fits(first, key) && fits(second, value.find(key) ?? null));
  return true;
}

/** The part of a program that evaluates arguments, calls, and counts the cost. Errors of arguments are the call's. */
export function callStep(args: readonly Step[], { run, eager }: Binding, cost: CallCost, at: number): Step {
  const [first, second] = args;
  if (first === undefined)
    return (frame) => {
      const result = placed(run(), at);
      frame.spend(typeof cost === 'number' ? cost : cost([], result));
      return result;
    };
  if (args.length === 1)
    return (frame) => {
      const value = first(frame);
      const result = value instanceof CelError ? value : placed(run(value), at);
      frame.spend(typeof cost === 'number' ? cost : cost([value], result));
      return result;
    };
  if (args.length === 2 && eager && second !== undefined)
    return (frame) => {
      const left = first(frame);
      const right = second(frame);
      const result = left instanceof CelError ? left : right instanceof CelError ? right : placed(run(left, right), at);
      frame.spend(typeof cost === 'number' ? cost : cost([left, right], result));
      return result;
    };
  return (frame) => callAll(frame, args, run, cost, at);
}

function callAll(frame: Frame, args: readonly Step[], run: Run, cost: CallCost, at: number): Value {
  const values: Value[] = [];
  for (const arg of args) {
    const value = arg(frame);
    values.push(value);
    if (!(value instanceof CelError)) continue;
    // The cost is known only where every argument was evaluated.
    if (values.length === args.length) frame.spend(typeof cost === 'number' ? cost : cost(values, value));
    return value;
  }
  const result = placed(run(...values), at);
  frame.spend(typeof cost === 'number' ? cost : cost(values, result));
  return result;
}

/** A value; an error with its place, where it has none yet. */
export function placed(value: Value, at: number): Value {
  return value instanceof CelError && value.at < 0 ? new CelError(value.message, at) : value;
}
