import type { FunctionDecl, Overload } from '../library/declare.ts';
import type { Expr } from '../syntax/expr.ts';
import { BOOL, CelType, DYN, isDyn, isSameType } from '../types/cel-type.ts';
import type { Typing } from './typing.ts';

/** The signatures that a call may have, and the type of what they answer. */
export interface Resolved {
  readonly type: CelType;
  readonly overloads: readonly string[];
}

/** Signatures that compare numbers of different types. */
const MIXED_COMPARISON = /^(?:less|greater)(?:_equals)?_(?:int64|uint64|double)_(?:int64|uint64|double)$/;

/** Whether a function is `&&` or `||`, whose arguments are told one by one where they do not fit. */
export function isLogic({ name }: FunctionDecl): boolean {
  return name === '_&&_' || name === '_||_';
}

/** The signatures of a function that fit arguments of these types; undefined where none does. */
export function resolveCall(
  typing: Typing,
  decl: FunctionDecl,
  args: readonly Expr[],
  types: readonly CelType[],
  isMember: boolean,
): Resolved | undefined {
  return isLogic(decl) ? resolveLogic(typing, decl, args, types) : resolveOverloads(typing, decl, isMember, types);
}

function resolveLogic(
  typing: Typing,
  decl: FunctionDecl,
  args: readonly Expr[],
  types: readonly CelType[],
): Resolved | undefined {
  let fits = true;
  for (const [index, type] of types.entries()) {
    if (typing.substitutions.isAssignable(type, BOOL)) continue;
    typing.mismatch(args[index] ?? { at: -1 }, BOOL, type);
    fits = false;
  }
  return fits ? { type: BOOL, overloads: decl.overloads.slice(0, 1).map(({ id }) => id) } : undefined;
}

function resolveOverloads(
  typing: Typing,
  decl: FunctionDecl,
  isMember: boolean,
  types: readonly CelType[],
): Resolved | undefined {
  let type: CelType | undefined;
  const overloads: string[] = [];
  for (const overload of decl.overloads) {
    if (overload.member !== isMember || (!typing.comparesNumbers && isMixedComparison(overload.id))) continue;
    const { args, result } = instance(typing, overload);
    if (!typing.substitutions.areAssignable(types, args)) continue;
    overloads.push(overload.id);
    const found = typing.substitutions.substitute(result, false);
    if (type === undefined) type = found;
    else if (!isDyn(type) && !isSameType(found, type)) type = DYN;
  }
  return type && { type, overloads };
}

/** A signature with parameters of its own. */
function instance(
  typing: Typing,
  { args, result, params }: Overload,
): {
  readonly args: readonly CelType[];
  readonly result: CelType;
} {
  if (params.length === 0) return { args, result };
  const fresh = new Map(params.map((name) => [name, typing.freeParam()]));
  return { args: args.map((arg) => renamed(arg, fresh)), result: renamed(result, fresh) };
}

function isMixedComparison(id: string): boolean {
  return MIXED_COMPARISON.test(id);
}

function renamed(type: CelType, names: ReadonlyMap<string, CelType>): CelType {
  if (type.kind === 'param') return names.get(type.name) ?? type;
  if (type.params.length === 0) return type;
  return new CelType(
    type.kind,
    type.name,
    type.params.map((param) => renamed(param, names)),
    type.nullable,
  );
}
