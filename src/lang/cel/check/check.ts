import {
  childrenOf,
  type CallExpr,
  type Expr,
  type FoldExpr,
  type ListExpr,
  type MapExpr,
  type SelectExpr,
  type StructExpr,
} from '../syntax/expr.ts';
import type { CelIssue } from '../syntax/source.ts';
import type { FunctionDecl, Overload } from '../library/declare.ts';
import {
  BOOL,
  CelType,
  DYN,
  ERROR,
  formatType,
  INT,
  isDyn,
  isOptionalType,
  isSameType,
  listType,
  mapType,
  optionalType,
  paramType,
  typeOfType,
} from '../types/cel-type.ts';
import { mostGeneral, Substitutions } from '../types/substitutions.ts';
import { typeOf } from '../values/value.ts';
import type { CelEnvironment } from './environment.ts';

/** What a name or call turned out to mean. */
export type Reference =
  | { readonly kind: 'variable'; readonly name: string; readonly global: boolean }
  | { readonly kind: 'type'; readonly type: CelType }
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly overloads: readonly string[];
      readonly namespaced: boolean;
    };

/** An expression with the type of every node and the meaning of names, both by the number of the node. */
export interface Checked {
  readonly expr: Expr;
  readonly types: readonly CelType[];
  readonly references: readonly (Reference | undefined)[];
  readonly issues: readonly CelIssue[];
}

/** Finds the type of every node of an expression, or what does not fit. Mirrors cel-go's checker. */
export function check(expr: Expr, environment: CelEnvironment): Checked {
  const checker = new Checker(environment);
  checker.check(expr);
  const types = checker.types.map((type) => checker.substitutions.substitute(type, true));
  return { expr, types, references: checker.references, issues: checker.issues };
}

/** Signatures that compare numbers of different types. */
const MIXED_COMPARISON = /^(?:less|greater)(?:_equals)?_(?:int64|uint64|double)_(?:int64|uint64|double)$/;

class Checker {
  readonly types: CelType[] = [];
  readonly references: (Reference | undefined)[] = [];
  readonly issues: CelIssue[] = [];
  readonly substitutions = new Substitutions();
  private readonly environment: CelEnvironment;
  private readonly scopes: Map<string, CelType>[] = [];
  /** The issues of nodes that are checked already, for those that stand in the tree twice. */
  private readonly spans = new Map<number, readonly [from: number, to: number]>();
  private freeParams = 0;
  private comparesNumbers: boolean;

  constructor(environment: CelEnvironment) {
    this.environment = environment;
    this.comparesNumbers = environment.comparesNumbers;
  }

  check(expr: Expr): void {
    const span = this.spans.get(expr.id);
    if (span !== undefined) {
      if (this.issues.length < 1000) this.issues.push(...this.issues.slice(...span));
      return;
    }
    const from = this.issues.length;
    this.checkNode(expr);
    this.spans.set(expr.id, [from, this.issues.length]);
  }

  private checkNode(expr: Expr): void {
    switch (expr.kind) {
      case 'literal': {
        this.set(expr, typeOf(expr.value));
        return;
      }
      case 'ident': {
        this.checkIdent(expr.name, expr);
        return;
      }
      case 'select': {
        this.checkSelect(expr);
        return;
      }
      case 'call': {
        this.checkCall(expr);
        return;
      }
      case 'list': {
        this.checkList(expr);
        return;
      }
      case 'map': {
        this.checkMap(expr);
        return;
      }
      case 'struct': {
        this.checkStruct(expr);
        return;
      }
      case 'fold': {
        this.checkFold(expr);
        return;
      }
    }
  }

  private set({ id }: Expr, type: CelType): void {
    this.types[id] = type;
  }

  private typeOf({ id }: Expr): CelType {
    return this.types[id] ?? ERROR;
  }

  private report({ at }: { readonly at: number }, message: string): void {
    this.issues.push({ at, message });
  }

  private mismatch(expr: { readonly at: number }, expected: CelType, found: CelType): void {
    this.report(expr, `expected type '${formatType(expected)}' but found '${formatType(found)}'`);
  }

  private local(name: string): CelType | undefined {
    for (let index = this.scopes.length - 1; index >= 0; index--) {
      const type = this.scopes[index]?.get(name);
      if (type !== undefined) return type;
    }
    return undefined;
  }

  /** What a name means; one with a dot in front is never a variable of a macro. */
  private resolve(name: string): { readonly type: CelType; readonly reference: Reference } | undefined {
    const plain = name.replace(/^\./, '');
    const local = name.startsWith('.') ? undefined : this.local(name);
    if (local !== undefined) return { type: local, reference: { kind: 'variable', name, global: false } };
    const variable = this.environment.variables.get(plain);
    if (variable !== undefined) return { type: variable, reference: { kind: 'variable', name: plain, global: true } };
    const type = this.environment.types.get(plain);
    return type && { type: typeOfType(type), reference: { kind: 'type', type } };
  }

  private checkIdent(name: string, expr: Expr): void {
    const found = this.resolve(name);
    this.set(expr, found?.type ?? ERROR);
    if (found === undefined) this.undeclared(expr, name);
    else this.references[expr.id] = found.reference;
  }

  private undeclared(expr: Expr, name: string): void {
    this.report(expr, `undeclared reference to '${name}' (in container '')`);
  }

  private checkSelect(expr: SelectExpr): void {
    const names = expr.test ? undefined : qualifiedName(expr);
    const [first = ''] = names ?? [];
    if (names !== undefined && (first.startsWith('.') || this.local(first) === undefined)) {
      const found = this.resolve(names.join('.'));
      if (found !== undefined) {
        this.set(expr, found.type);
        this.references[expr.id] = found.reference;
        return;
      }
    }
    const type = this.fieldType(expr, expr.operand, expr.field, false);
    this.set(expr, this.substitutions.substitute(expr.test ? BOOL : type, false));
  }

  private fieldType(expr: Expr, operand: Expr, field: string, optional: boolean): CelType {
    this.check(operand);
    const operandType = this.substitutions.substitute(this.typeOf(operand), false);
    const isOptional = isOptionalType(operandType);
    const target = isOptional ? (operandType.params[0] ?? DYN) : operandType;
    let result = ERROR;
    if (target.kind === 'map') result = target.params[1] ?? DYN;
    else if (target.kind === 'struct') result = this.structField(expr, target.name, field) ?? ERROR;
    else {
      if (target.kind === 'param') this.substitutions.isAssignable(DYN, target);
      else if (!isDyn(target) && target.kind !== 'error')
        this.report(expr, `type '${formatType(target)}' does not support field selection`);
      result = DYN;
    }
    return isOptional || optional ? optionalType(result) : result;
  }

  private structField(expr: { readonly at: number }, name: string, field: string): CelType | undefined {
    const fields = this.environment.structs(name);
    if (fields === undefined) this.report(expr, `unexpected failed resolution of '${name}'`);
    const type = fields?.(field);
    if (fields !== undefined && type === undefined) this.report(expr, `undefined field '${field}'`);
    return type;
  }

  private checkCall(expr: CallExpr): void {
    const { name, args, target } = expr;
    const [operand, field] = args;
    if (name === '_?._' && operand !== undefined && field?.kind === 'literal' && typeof field.value === 'string') {
      const type = this.fieldType(expr, operand, field.value, true);
      this.set(expr, this.substitutions.substitute(type, false));
      this.references[expr.id] = { kind: 'function', name, overloads: ['select_optional_field'], namespaced: false };
      return;
    }
    for (const arg of args) this.check(arg);
    if (target === undefined) {
      this.checkFunction(expr, name.replace(/^\./, ''), name);
      return;
    }
    const prefix = target.kind === 'ident' || target.kind === 'select' ? qualifiedName(target) : undefined;
    const qualified = prefix === undefined ? undefined : [...prefix, name].join('.').replace(/^\./, '');
    const namespaced = qualified === undefined ? undefined : this.environment.functions.get(qualified);
    if (namespaced !== undefined) {
      this.checkOverloads(expr, namespaced, undefined, true);
      return;
    }
    this.check(target);
    this.checkFunction(expr, name, name, target);
  }

  private checkFunction(expr: CallExpr, name: string, written: string, target?: Expr): void {
    const found = this.environment.functions.get(name);
    if (found !== undefined) {
      this.checkOverloads(expr, found, target, false);
      return;
    }
    this.undeclared(expr, written);
    this.set(expr, ERROR);
  }

  private checkOverloads(expr: CallExpr, decl: FunctionDecl, target: Expr | undefined, namespaced: boolean): void {
    const args = target === undefined ? expr.args : [target, ...expr.args];
    const types = args.map((arg) => this.typeOf(arg));
    const resolved =
      decl.name === '_&&_' || decl.name === '_||_'
        ? this.resolveLogic(decl, expr.args, types)
        : this.resolveOverloads(decl, target !== undefined, types);
    if (resolved === undefined) {
      this.set(expr, ERROR);
      if (decl.name === '_&&_' || decl.name === '_||_') return;
      const [receiver = '', ...rest] = types.map((type) => formatType(this.substitutions.substitute(type, true)));
      const signature =
        target === undefined ? `(${[receiver, ...rest].join(', ')})` : `${receiver}.(${rest.join(', ')})`;
      this.report(expr, `found no matching overload for '${decl.name}' applied to '${signature}'`);
      return;
    }
    this.set(expr, resolved.type);
    this.references[expr.id] = { kind: 'function', name: decl.name, overloads: resolved.overloads, namespaced };
  }

  private resolveLogic(decl: FunctionDecl, args: readonly Expr[], types: readonly CelType[]): Resolved | undefined {
    let fits = true;
    for (const [index, type] of types.entries()) {
      if (this.substitutions.isAssignable(type, BOOL)) continue;
      this.mismatch(args[index] ?? { at: -1 }, BOOL, type);
      fits = false;
    }
    return fits ? { type: BOOL, overloads: decl.overloads.slice(0, 1).map(({ id }) => id) } : undefined;
  }

  private resolveOverloads(decl: FunctionDecl, isMember: boolean, types: readonly CelType[]): Resolved | undefined {
    let type: CelType | undefined;
    const overloads: string[] = [];
    for (const overload of decl.overloads) {
      if (overload.member !== isMember || (!this.comparesNumbers && isMixedComparison(overload.id))) continue;
      const { args, result } = this.instance(overload);
      if (!this.substitutions.areAssignable(types, args)) continue;
      overloads.push(overload.id);
      const found = this.substitutions.substitute(result, false);
      if (type === undefined) type = found;
      else if (!isDyn(type) && !isSameType(found, type)) type = DYN;
    }
    return type && { type, overloads };
  }

  /** A signature with parameters of its own. */
  private instance({ args, result, params }: Overload): {
    readonly args: readonly CelType[];
    readonly result: CelType;
  } {
    if (params.length === 0) return { args, result };
    const fresh = new Map(params.map((name) => [name, this.freeParam()]));
    return { args: args.map((arg) => renamed(arg, fresh)), result: renamed(result, fresh) };
  }

  private freeParam(): CelType {
    return paramType(`_var${this.freeParams++}`);
  }

  private checkList(expr: ListExpr): void {
    let items: CelType | undefined;
    for (const { value, optional } of expr.items) {
      this.check(value);
      items = this.join(items, optional ? this.unwrapped(value) : this.typeOf(value));
    }
    this.set(expr, listType(items ?? this.freeParam()));
  }

  /** The type inside an optional, which the expression must be. */
  private unwrapped(value: Expr): CelType {
    const type = this.typeOf(value);
    if (isOptionalType(type)) return type.params[0] ?? DYN;
    if (!isDyn(type)) this.mismatch(value, optionalType(type), type);
    return type;
  }

  private checkMap(expr: MapExpr): void {
    let keys: CelType | undefined;
    let values: CelType | undefined;
    for (const { key, value, optional } of expr.entries) {
      this.check(key);
      keys = this.join(keys, this.typeOf(key));
      this.check(value);
      values = this.join(values, optional ? this.unwrapped(value) : this.typeOf(value));
    }
    this.set(expr, mapType(keys ?? this.freeParam(), values ?? this.freeParam()));
  }

  private join(previous: CelType | undefined, current: CelType): CelType {
    if (previous === undefined) return current;
    // Mixed types are dyn here; what is wrong with them is found after checking.
    return this.substitutions.isAssignable(previous, current) ? mostGeneral(previous, current) : DYN;
  }

  private checkStruct(expr: StructExpr): void {
    const name = expr.name.replace(/^\./, '');
    const type = this.environment.types.get(name);
    const fields = this.environment.structs(name);
    if (type === undefined && fields === undefined) {
      this.undeclared(expr, expr.name);
      this.set(expr, ERROR);
      return;
    }
    if (fields === undefined) this.report(expr, `'${type?.name ?? name}' is not a message type`);
    this.set(expr, fields === undefined ? ERROR : (type ?? new CelType('struct', name)));
    for (const field of expr.fields) {
      this.check(field.value);
      const declared = this.structField(field, name, field.name) ?? ERROR;
      const found = field.optional ? this.unwrapped(field.value) : this.typeOf(field.value);
      if (!this.substitutions.isAssignable(declared, found))
        this.report(
          field,
          `expected type of field '${field.name}' is '${formatType(declared)}' but provided type is '${formatType(found)}'`,
        );
    }
  }

  private checkFold(expr: FoldExpr): void {
    this.check(expr.range);
    this.check(expr.init);
    const accu = this.typeOf(expr.init);
    const [first, second] = this.elementTypes(expr.range);
    // As in cel-go, which forgets what it filters when it enters a scope.
    this.comparesNumbers = true;
    this.scopes.push(new Map([[expr.accu, accu]]));
    const variables = new Map([[expr.variable, expr.secondVariable === undefined ? first : second[0]]]);
    if (expr.secondVariable !== undefined) variables.set(expr.secondVariable, second[1]);
    this.scopes.push(variables);
    this.check(expr.condition);
    this.assert(expr.condition, BOOL);
    this.check(expr.step);
    this.assert(expr.step, accu);
    this.scopes.pop();
    this.check(expr.result);
    this.scopes.pop();
    this.set(expr, this.substitutions.substitute(this.typeOf(expr.result), false));
  }

  /** The type of the one variable of a loop, and those of two. */
  private elementTypes(range: Expr): readonly [one: CelType, two: readonly [CelType, CelType]] {
    const type = this.substitutions.substitute(this.typeOf(range), false);
    const [first = DYN, second = DYN] = type.params;
    if (type.kind === 'list') return [first, [INT, first]];
    if (type.kind === 'map') return [first, [first, second]];
    if (type.kind === 'dyn' || type.kind === 'error' || type.kind === 'param') {
      this.substitutions.isAssignable(DYN, type);
      return [DYN, [DYN, DYN]];
    }
    this.report(
      range,
      `expression of type '${formatType(type)}' cannot be range of a comprehension (must be list, map, or dynamic)`,
    );
    return [ERROR, [ERROR, ERROR]];
  }

  private assert(expr: Expr, type: CelType): void {
    if (!this.substitutions.isAssignable(type, this.typeOf(expr))) this.mismatch(expr, type, this.typeOf(expr));
  }
}

interface Resolved {
  readonly type: CelType;
  readonly overloads: readonly string[];
}

function isMixedComparison(id: string): boolean {
  return MIXED_COMPARISON.test(id);
}

/** The names of `a.b.c`; undefined for other expressions. */
function qualifiedName(expr: Expr): string[] | undefined {
  const names: string[] = [];
  let at: Expr = expr;
  while (at.kind === 'select' && !at.test) {
    names.push(at.field);
    at = at.operand;
  }
  return at.kind === 'ident' ? [...names, at.name].reverse() : undefined;
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

/** Every node of an expression once, parents before what is inside them, with the nodes around it. */
export function* nodesOf(
  expr: Expr,
  parents: readonly Expr[] = [],
  seen = new Set<number>(),
): Generator<readonly [Expr, readonly Expr[]]> {
  if (seen.has(expr.id)) return;
  seen.add(expr.id);
  yield [expr, parents];
  const inside = [...parents, expr];
  for (const child of childrenOf(expr)) yield* nodesOf(child, inside, seen);
}
