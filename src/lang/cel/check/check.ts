import type { FunctionDecl } from '../library/declare.ts';
import type { CallExpr, Expr, FoldExpr, ListExpr, MapExpr, SelectExpr, StructExpr } from '../syntax/expr.ts';
import {
  BOOL,
  CelType,
  DYN,
  ERROR,
  formatType,
  INT,
  isDyn,
  isOptionalType,
  listType,
  mapType,
  optionalType,
} from '../types/cel-type.ts';
import { typeOf } from '../values/value.ts';
import type { Checked, Reference } from './checked.ts';
import type { CelEnvironment } from './environment.ts';
import { isLogic, resolveCall } from './overloads.ts';
import { Typing } from './typing.ts';

/** Finds the type of every node of an expression, or what does not fit. Mirrors cel-go's checker. */
export function check(expr: Expr, environment: CelEnvironment): Checked {
  const checker = new Checker(environment);
  checker.check(expr);
  const { types, substitutions, issues } = checker.typing;
  return {
    expr,
    types: types.map((type) => substitutions.substitute(type, true)),
    references: checker.references,
    issues,
  };
}

class Checker {
  readonly references: (Reference | undefined)[] = [];
  readonly typing: Typing;
  /** The issues of nodes that are checked already, for those that stand in the tree twice. */
  private readonly spans = new Map<number, readonly [from: number, to: number]>();

  constructor(environment: CelEnvironment) {
    this.typing = new Typing(environment);
  }

  check(expr: Expr): void {
    const span = this.spans.get(expr.id);
    if (span !== undefined) {
      if (this.typing.issues.length < 1000) this.typing.issues.push(...this.typing.issues.slice(...span));
      return;
    }
    const from = this.typing.issues.length;
    this.checkNode(expr);
    this.spans.set(expr.id, [from, this.typing.issues.length]);
  }

  private checkNode(expr: Expr): void {
    switch (expr.kind) {
      case 'literal': {
        this.typing.set(expr, typeOf(expr.value));
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

  private checkIdent(name: string, expr: Expr): void {
    const found = this.typing.resolve(name);
    this.typing.set(expr, found?.type ?? ERROR);
    if (found === undefined) this.typing.undeclared(expr, name);
    else this.references[expr.id] = found.reference;
  }

  private checkSelect(expr: SelectExpr): void {
    const names = expr.test ? undefined : qualifiedName(expr);
    const [first = ''] = names ?? [];
    if (names !== undefined && (first.startsWith('.') || this.typing.local(first) === undefined)) {
      const found = this.typing.resolve(names.join('.'));
      if (found !== undefined) {
        this.typing.set(expr, found.type);
        this.references[expr.id] = found.reference;
        return;
      }
    }
    const type = this.fieldType(expr, expr.operand, expr.field, false);
    this.typing.set(expr, this.typing.substitutions.substitute(expr.test ? BOOL : type, false));
  }

  private fieldType(expr: Expr, operand: Expr, field: string, optional: boolean): CelType {
    this.check(operand);
    const operandType = this.typing.substitutions.substitute(this.typing.typeOf(operand), false);
    const isOptional = isOptionalType(operandType);
    const target = isOptional ? (operandType.params[0] ?? DYN) : operandType;
    let result = ERROR;
    if (target.kind === 'map') result = target.params[1] ?? DYN;
    else if (target.kind === 'struct') result = this.structField(expr, target.name, field) ?? ERROR;
    else {
      if (target.kind === 'param') this.typing.substitutions.isAssignable(DYN, target);
      else if (!isDyn(target) && target.kind !== 'error')
        this.typing.report(expr, `type '${formatType(target)}' does not support field selection`);
      result = DYN;
    }
    return isOptional || optional ? optionalType(result) : result;
  }

  private structField(expr: { readonly at: number }, name: string, field: string): CelType | undefined {
    const fields = this.typing.environment.structs(name);
    if (fields === undefined) this.typing.report(expr, `unexpected failed resolution of '${name}'`);
    const type = fields?.(field);
    if (fields !== undefined && type === undefined) this.typing.report(expr, `undefined field '${field}'`);
    return type;
  }

  private checkCall(expr: CallExpr): void {
    const { name, args, target } = expr;
    const [operand, field] = args;
    if (name === '_?._' && operand !== undefined && field?.kind === 'literal' && typeof field.value === 'string') {
      const type = this.fieldType(expr, operand, field.value, true);
      this.typing.set(expr, this.typing.substitutions.substitute(type, false));
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
    const namespaced = qualified === undefined ? undefined : this.typing.environment.functions.get(qualified);
    if (namespaced !== undefined) {
      this.checkOverloads(expr, namespaced, undefined, true);
      return;
    }
    this.check(target);
    this.checkFunction(expr, name, name, target);
  }

  private checkFunction(expr: CallExpr, name: string, written: string, target?: Expr): void {
    const found = this.typing.environment.functions.get(name);
    if (found !== undefined) {
      this.checkOverloads(expr, found, target, false);
      return;
    }
    this.typing.undeclared(expr, written);
    this.typing.set(expr, ERROR);
  }

  private checkOverloads(expr: CallExpr, decl: FunctionDecl, target: Expr | undefined, namespaced: boolean): void {
    const args = target === undefined ? expr.args : [target, ...expr.args];
    const types = args.map((arg) => this.typing.typeOf(arg));
    const resolved = resolveCall(this.typing, decl, expr.args, types, target !== undefined);
    if (resolved === undefined) {
      this.typing.set(expr, ERROR);
      if (isLogic(decl)) return;
      const [receiver = '', ...rest] = types.map((type) =>
        formatType(this.typing.substitutions.substitute(type, true)),
      );
      const signature =
        target === undefined ? `(${[receiver, ...rest].join(', ')})` : `${receiver}.(${rest.join(', ')})`;
      this.typing.report(expr, `found no matching overload for '${decl.name}' applied to '${signature}'`);
      return;
    }
    this.typing.set(expr, resolved.type);
    this.references[expr.id] = { kind: 'function', name: decl.name, overloads: resolved.overloads, namespaced };
  }

  private checkList(expr: ListExpr): void {
    let items: CelType | undefined;
    for (const { value, optional } of expr.items) {
      this.check(value);
      items = this.typing.join(items, optional ? this.typing.unwrapped(value) : this.typing.typeOf(value));
    }
    this.typing.set(expr, listType(items ?? this.typing.freeParam()));
  }

  private checkMap(expr: MapExpr): void {
    let keys: CelType | undefined;
    let values: CelType | undefined;
    for (const { key, value, optional } of expr.entries) {
      this.check(key);
      keys = this.typing.join(keys, this.typing.typeOf(key));
      this.check(value);
      values = this.typing.join(values, optional ? this.typing.unwrapped(value) : this.typing.typeOf(value));
    }
    this.typing.set(expr, mapType(keys ?? this.typing.freeParam(), values ?? this.typing.freeParam()));
  }

  private checkStruct(expr: StructExpr): void {
    const name = expr.name.replace(/^\./, '');
    const type = this.typing.environment.types.get(name);
    const fields = this.typing.environment.structs(name);
    if (type === undefined && fields === undefined) {
      this.typing.undeclared(expr, expr.name);
      this.typing.set(expr, ERROR);
      return;
    }
    if (fields === undefined) this.typing.report(expr, `'${type?.name ?? name}' is not a message type`);
    this.typing.set(expr, fields === undefined ? ERROR : (type ?? new CelType('struct', name)));
    for (const field of expr.fields) {
      this.check(field.value);
      const declared = this.structField(field, name, field.name) ?? ERROR;
      const found = field.optional ? this.typing.unwrapped(field.value) : this.typing.typeOf(field.value);
      if (!this.typing.substitutions.isAssignable(declared, found))
        this.typing.report(
          field,
          `expected type of field '${field.name}' is '${formatType(declared)}' but provided type is '${formatType(found)}'`,
        );
    }
  }

  private checkFold(expr: FoldExpr): void {
    this.check(expr.range);
    this.check(expr.init);
    const accu = this.typing.typeOf(expr.init);
    const [first, second] = this.elementTypes(expr.range);
    // As in cel-go, which forgets what it filters when it enters a scope.
    this.typing.comparesNumbers = true;
    this.typing.scopes.push(new Map([[expr.accu, accu]]));
    const variables = new Map([[expr.variable, expr.secondVariable === undefined ? first : second[0]]]);
    if (expr.secondVariable !== undefined) variables.set(expr.secondVariable, second[1]);
    this.typing.scopes.push(variables);
    this.check(expr.condition);
    this.typing.assert(expr.condition, BOOL);
    this.check(expr.step);
    this.typing.assert(expr.step, accu);
    this.typing.scopes.pop();
    this.check(expr.result);
    this.typing.scopes.pop();
    this.typing.set(expr, this.typing.substitutions.substitute(this.typing.typeOf(expr.result), false));
  }

  /** The type of the one variable of a loop, and those of two. */
  private elementTypes(range: Expr): readonly [one: CelType, two: readonly [CelType, CelType]] {
    const type = this.typing.substitutions.substitute(this.typing.typeOf(range), false);
    const [first = DYN, second = DYN] = type.params;
    if (type.kind === 'list') return [first, [INT, first]];
    if (type.kind === 'map') return [first, [first, second]];
    if (type.kind === 'dyn' || type.kind === 'error' || type.kind === 'param') {
      this.typing.substitutions.isAssignable(DYN, type);
      return [DYN, [DYN, DYN]];
    }
    this.typing.report(
      range,
      `expression of type '${formatType(type)}' cannot be range of a comprehension (must be list, map, or dynamic)`,
    );
    return [ERROR, [ERROR, ERROR]];
  }
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
