import { type Expr } from '../syntax/expr.ts';
import type { CelIssue } from '../syntax/source.ts';
import {
  type CelType,
  DYN,
  ERROR,
  formatType,
  isDyn,
  isOptionalType,
  optionalType,
  paramType,
  typeOfType,
} from '../types/cel-type.ts';
import { mostGeneral, Substitutions } from '../types/substitutions.ts';
import type { Reference } from './checked.ts';
import type { CelEnvironment } from './environment.ts';

/** What is known of an expression while it is checked: the types of its nodes so far, what is wrong, and the variables of the macros around. */
export class Typing {
  readonly types: CelType[] = [];
  readonly issues: CelIssue[] = [];
  readonly substitutions = new Substitutions();
  readonly environment: CelEnvironment;
  readonly scopes: Map<string, CelType>[] = [];
  /** Whether numbers of different types can be compared here. */
  comparesNumbers: boolean;
  private freeParams = 0;

  constructor(environment: CelEnvironment) {
    this.environment = environment;
    this.comparesNumbers = environment.comparesNumbers;
  }

  set({ id }: Expr, type: CelType): void {
    this.types[id] = type;
  }

  typeOf({ id }: Expr): CelType {
    return this.types[id] ?? ERROR;
  }

  report({ at }: { readonly at: number }, message: string): void {
    this.issues.push({ at, message });
  }

  mismatch(expr: { readonly at: number }, expected: CelType, found: CelType): void {
    this.report(expr, `expected type '${formatType(expected)}' but found '${formatType(found)}'`);
  }

  local(name: string): CelType | undefined {
    for (let index = this.scopes.length - 1; index >= 0; index--) {
      const type = this.scopes[index]?.get(name);
      if (type !== undefined) return type;
    }
    return undefined;
  }

  /** What a name means; one with a dot in front is never a variable of a macro. */
  resolve(name: string): { readonly type: CelType; readonly reference: Reference } | undefined {
    const plain = name.replace(/^\./, '');
    const local = name.startsWith('.') ? undefined : this.local(name);
    if (local !== undefined) return { type: local, reference: { kind: 'variable', name, global: false } };
    const variable = this.environment.variables.get(plain);
    if (variable !== undefined) return { type: variable, reference: { kind: 'variable', name: plain, global: true } };
    const type = this.environment.types.get(plain);
    return type && { type: typeOfType(type), reference: { kind: 'type', type } };
  }

  undeclared(expr: Expr, name: string): void {
    this.report(expr, `undeclared reference to '${name}' (in container '')`);
  }

  freeParam(): CelType {
    return paramType(`_var${this.freeParams++}`);
  }

  /** The type inside an optional, which the expression must be. */
  unwrapped(value: Expr): CelType {
    const type = this.typeOf(value);
    if (isOptionalType(type)) return type.params[0] ?? DYN;
    if (!isDyn(type)) this.mismatch(value, optionalType(type), type);
    return type;
  }

  join(previous: CelType | undefined, current: CelType): CelType {
    if (previous === undefined) return current;
    // Mixed types are dyn here; what is wrong with them is found after checking.
    return this.substitutions.isAssignable(previous, current) ? mostGeneral(previous, current) : DYN;
  }

  assert(expr: Expr, type: CelType): void {
    if (!this.substitutions.isAssignable(type, this.typeOf(expr))) this.mismatch(expr, type, this.typeOf(expr));
  }
}
