import type { Value } from '../values/value.ts';
import type { CallExpr, Expr, MapEntry, StructField } from './expr.ts';
import { ACCUMULATOR, type Macro, type MacroBuilder } from './macros.ts';
import type { CelIssue } from './source.ts';
import { ParseLimit } from './token-reader.ts';

const DEPTH = 250;

/** Makes nodes, numbers them, expands macros, and keeps the depth that cel-go limits. */
export class ExprBuilder {
  private readonly macros: ReadonlyMap<string, Macro>;
  private readonly issues: CelIssue[];
  private count = 0;
  /** The depth of each node, of those kinds whose nesting cel-go counts. */
  private readonly depths: number[] = [];

  constructor(macros: readonly Macro[], issues: CelIssue[]) {
    this.macros = new Map(macros.map((macro) => [macroKey(macro.name, macro.args, macro.member), macro]));
    this.issues = issues;
  }

  /** What stands where something is broken. */
  error(at: number, message?: string): Expr {
    if (message !== undefined) this.issues.push({ at, message });
    return this.made({ kind: 'literal', id: this.count++, at, value: null }, []);
  }

  literal(at: number, value: Value): Expr {
    return this.made({ kind: 'literal', id: this.count++, at, value }, []);
  }

  ident(at: number, name: string): Expr {
    return this.made({ kind: 'ident', id: this.count++, at, name }, []);
  }

  select(at: number, operand: Expr, field: string): Expr {
    return this.made({ kind: 'select', id: this.count++, at, operand, field, test: false }, [operand], 1);
  }

  list(at: number, items: readonly { readonly value: Expr; readonly optional: boolean }[]): Expr {
    const children = items.map(({ value }) => value);
    return this.made({ kind: 'list', id: this.count++, at, items }, children);
  }

  map(at: number, entries: readonly Omit<MapEntry, 'id'>[]): Expr {
    const numbered = entries.map((entry) => ({ ...entry, id: this.count++ }));
    const children = entries.flatMap(({ key, value }) => [key, value]);
    return this.made({ kind: 'map', id: this.count++, at, entries: numbered }, children);
  }

  struct(at: number, name: string, fields: readonly Omit<StructField, 'id'>[]): Expr {
    const numbered = fields.map((field) => ({ ...field, id: this.count++ }));
    const children = fields.map(({ value }) => value);
    return this.made({ kind: 'struct', id: this.count++, at, name, fields: numbered }, children);
  }

  /** A call, or what a macro makes of it; `deeper` where cel-go counts it as a level of nesting. */
  call(at: number, name: string, args: readonly Expr[], target?: Expr, deeper = 0): Expr {
    const parts = target === undefined ? args : [target, ...args];
    const macro = this.macros.get(macroKey(name, args.length, target !== undefined));
    const expr = macro === undefined ? this.plainCall(at, name, args, target) : this.expand(macro, at, args, target);
    return this.made(expr, parts, deeper);
  }

  /** `a && b && c` as a balanced tree, so that long chains are not deep. */
  logic(name: string, terms: readonly Expr[], operators: readonly number[]): Expr {
    const tree = (low: number, high: number): Expr => {
      const middle = Math.floor((low + high + 1) / 2);
      const left = middle === low ? terms[middle] : tree(low, middle - 1);
      const right = middle === high ? terms[middle + 1] : tree(middle + 1, high);
      const at = operators[middle] ?? 0;
      const args = [left ?? this.error(at), right ?? this.error(at)];
      return this.made(this.plainCall(at, name, args), args);
    };
    return operators.length === 0 ? (terms[0] ?? this.error(-1)) : tree(0, operators.length - 1);
  }

  private plainCall(at: number, name: string, args: readonly Expr[], target?: Expr): CallExpr {
    const id = this.count++;
    return target === undefined ? { kind: 'call', id, at, name, args } : { kind: 'call', id, at, name, target, args };
  }

  private expand(macro: Macro, at: number, args: readonly Expr[], target?: Expr): Expr {
    const expansion = macro.expand(this.at(at), target ?? this.error(at), args);
    return 'error' in expansion ? this.error(expansion.at, expansion.error) : expansion;
  }

  private at(at: number): MacroBuilder {
    return {
      literal: (value) => this.literal(at, value),
      ident: (name) => this.ident(at, name),
      list: (...items) =>
        this.list(
          at,
          items.map((value) => ({ value, optional: false })),
        ),
      map: () => this.map(at, []),
      call: (name, ...args) => this.plainCall(at, name, args),
      memberCall: (name, target, ...args) => this.plainCall(at, name, args, target),
      presence: (operand, field) => ({ kind: 'select', id: this.count++, at, operand, field, test: true }),
      fold: ({ range, variables: [variable, secondVariable], accu = ACCUMULATOR, ...rest }) => ({
        kind: 'fold',
        id: this.count++,
        at,
        range,
        variable,
        ...(secondVariable !== undefined && { secondVariable }),
        accu,
        ...rest,
      }),
    };
  }

  private made<T extends Expr>(expr: T, parts: readonly Expr[], deeper = 0): T {
    let depth = 0;
    for (const part of parts) depth = Math.max(depth, this.depths[part.id] ?? 0);
    this.depths[expr.id] = depth + deeper;
    if (depth + deeper > DEPTH) {
      this.issues.push({ at: -1, message: 'max recursion depth exceeded' });
      throw new ParseLimit();
    }
    return expr;
  }
}

function macroKey(name: string, args: number, member: boolean): string {
  return `${name}:${args}:${String(member)}`;
}
