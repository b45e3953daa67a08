import type { CelType } from '../types/cel-type.ts';
import type { Value } from '../values/value.ts';

/** What a function does; strict ones never see an error. */
export type Run = (...args: readonly Value[]) => Value;

/** One signature of a function. For receivers (`member`) the first type is the receiver's. */
export interface Overload {
  readonly id: string;
  readonly member: boolean;
  readonly args: readonly CelType[];
  readonly result: CelType;
  /** The names of type parameters in it. */
  readonly params: readonly string[];
  readonly run: Run | undefined;
}

/** A function with its signatures; `shared` runs them all, where the first argument has the trait. Mirrors cel-go's common/decls. */
export interface FunctionDecl {
  readonly name: string;
  readonly overloads: readonly Overload[];
  readonly shared?: { readonly run: Run; readonly trait?: (value: Value) => boolean };
  /** Whether arguments reach `run` whatever their types are. */
  readonly unguarded?: boolean;
  /** Whether an argument that fails keeps the next from being evaluated, though there are but two. */
  readonly stepwise?: boolean;
}

/** A global signature. */
export function overload(id: string, args: readonly CelType[], result: CelType, run?: Run): Overload {
  return { id, member: false, args, result, params: paramsOf([...args, result]), run };
}

/** A signature of a receiver. */
export function member(id: string, args: readonly CelType[], result: CelType, run?: Run): Overload {
  return { id, member: true, args, result, params: paramsOf([...args, result]), run };
}

function paramsOf(types: readonly CelType[]): string[] {
  const names = types.flatMap(({ kind, name, params }) => (kind === 'param' ? [name] : paramsOf(params)));
  return [...new Set(names)];
}

/** A function by name, with its signatures. */
export function fn(name: string, ...overloads: readonly Overload[]): FunctionDecl {
  return { name, overloads };
}

/** Functions by name; those of a name that is there already add their signatures to it. */
export function mergeFunctions(declarations: readonly FunctionDecl[]): ReadonlyMap<string, FunctionDecl> {
  const functions = new Map<string, FunctionDecl>();
  for (const declaration of declarations) {
    const before = functions.get(declaration.name);
    functions.set(
      declaration.name,
      before === undefined
        ? declaration
        : { ...before, ...declaration, overloads: [...before.overloads, ...declaration.overloads] },
    );
  }
  return functions;
}
