import type { Checked, Reference } from '../check/checked.ts';
import type { CelEnvironment } from '../check/environment.ts';
import { RegexpCache } from '../library/regex.ts';
import { buildWellKnown } from '../library/well-known.ts';
import type { CallExpr, Expr, FoldExpr, ListExpr, MapExpr, StructExpr } from '../syntax/expr.ts';
import { equal } from '../values/compare.ts';
import { CelError, CelList, goTypeOf, noSuchOverload, Optional, Uint, type Value } from '../values/value.ts';
import { listStep, mapStep, structStep } from './aggregate-steps.ts';
import { type Attribute, type Qualifier, qualified, resolver } from './attribute.ts';
import { bind, callStep } from './call.ts';
import { callCost } from './call-cost.ts';
import { accumulator, foldStep } from './fold.ts';
import { Frame, type Step } from './frame.ts';
import { logic, notStrictlyFalse, otherwise } from './logic-steps.ts';
import { setMembership } from './membership.ts';

/** Thrown where an expression checks, but no program can be made of it. */
export class PlanError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** A planned node: a step, with what is known of it beforehand. */
interface Planned {
  readonly step: Step;
  readonly constant?: Value;
  readonly attribute?: Attribute;
}

const CONVERSIONS = new Set([
  'bool',
  'bytes',
  'double',
  'duration',
  'dyn',
  'int',
  'string',
  'timestamp',
  'type',
  'uint',
]);
const PATTERNS = new Set(['matches', 'find', 'findAll']);
const LIST_COST = 10;
const MAP_COST = 30;
const STRUCT_COST = 40;

/** Makes a program of a checked expression. Mirrors cel-go's interpreter/planner.go with the optimizations that the server turns on. */
export function plan(checked: Checked, environment: CelEnvironment): Step {
  return new Planner(checked, environment).plan(checked.expr).step;
}

class Planner {
  private readonly checked: Checked;
  private readonly environment: CelEnvironment;
  private readonly planned = new Map<number, Planned>();
  private readonly scopes: { readonly name: string; readonly step: Step }[] = [];
  private readonly regexps = new RegexpCache();
  private slots = 0;

  constructor(checked: Checked, environment: CelEnvironment) {
    this.checked = checked;
    this.environment = environment;
  }

  plan(expr: Expr): Planned {
    let planned = this.planned.get(expr.id);
    if (planned === undefined) this.planned.set(expr.id, (planned = this.planNode(expr)));
    return planned;
  }

  private step(expr: Expr): Step {
    return this.plan(expr).step;
  }

  private planNode(expr: Expr): Planned {
    const reference = this.checked.references[expr.id];
    switch (expr.kind) {
      case 'literal':
        return constant(expr.value);
      case 'ident':
        return this.planName(expr, reference);
      case 'select': {
        if (reference !== undefined) return this.planName(expr, reference);
        const { at, field, test } = expr;
        return this.qualify(expr.operand, { at, optional: false, test, key: () => field, field });
      }
      case 'call':
        return this.planCall(expr, reference);
      case 'list':
        return this.planList(expr);
      case 'map':
        return this.planMap(expr);
      case 'fold':
        return this.planFold(expr);
      case 'struct':
        return this.planStruct(expr);
    }
  }

  private planName(expr: Expr, reference: Reference | undefined): Planned {
    if (reference?.kind === 'type') return constant(reference.type);
    const name = reference?.kind === 'variable' ? reference.name : '';
    const isGlobal = reference?.kind === 'variable' && reference.global;
    const local = isGlobal ? undefined : this.scopes.findLast((scope) => scope.name === name);
    const missing = new CelError(`no such attribute(s): ${name}`, expr.at);
    const from =
      local?.step ??
      ((frame: Frame): Value => {
        const value = frame.variable(name);
        return value === undefined ? missing : value;
      });
    return attribute({ kind: 'path', from, at: expr.at, path: [] });
  }

  /** A path that goes on from an operand. */
  private qualify(operand: Expr, qualifier: Qualifier): Planned {
    const planned = this.plan(operand);
    const from: Attribute = planned.attribute ?? { kind: 'path', from: planned.step, at: operand.at, path: [] };
    return attribute(qualified(from, qualifier), qualifier.test);
  }

  private planCall(expr: CallExpr, reference: Reference | undefined): Planned {
    if (reference?.kind !== 'function') throw new PlanError(`no such overload: ${expr.name}`, expr.at);
    const { name, overloads, namespaced } = reference;
    const args = [...(expr.target !== undefined && !namespaced ? [expr.target] : []), ...expr.args];
    const planned = args.map((arg) => this.plan(arg));
    const steps = planned.map(({ step }) => step);
    const [first = constant(null), second = constant(null), third = constant(null)] = planned;
    switch (name) {
      case '_&&_':
        return { step: logic(steps, false, expr.at) };
      case '_||_':
        return { step: logic(steps, true, expr.at) };
      case '_?_:_':
        return attribute({
          kind: 'choice',
          condition: first.step,
          truthy: branch(second, expr),
          falsy: branch(third, expr),
        });
      case '_==_':
      case '_!=_':
        return { step: this.equality(name, steps, expr.at) };
      case '_[_]':
      case '_[?_]':
      case '_?._':
        return this.planIndex(expr, args, second, name !== '_[_]');
      case '@not_strictly_false':
        return { step: notStrictlyFalse(first.step) };
      case 'or':
      case 'orValue':
        if (expr.target !== undefined && args.length === 2)
          return { step: otherwise(first.step, second.step, name === 'orValue') };
        break;
      case '@in':
        if (overloads.length === 1 && overloads[0] === 'in_list' && second.constant instanceof CelList) {
          const membership = setMembership(first.step, second.constant);
          if (membership !== undefined) return membership === false ? constant(false) : { step: membership };
        }
    }
    return this.planFunction(expr, name, overloads, planned);
  }

  private planFunction(expr: CallExpr, name: string, overloads: readonly string[], args: readonly Planned[]): Planned {
    const decl = this.environment.functions.get(name);
    if (decl === undefined) throw new PlanError(`no such overload: ${name}`, expr.at);
    const binding = bind(decl, overloads);
    const [first, second] = args;
    if (CONVERSIONS.has(name) && args.length === 1 && first?.constant !== undefined) {
      const value = first.constant instanceof CelError ? first.constant : binding.run(first.constant);
      if (value instanceof CelError) throw new PlanError(value.message, expr.at);
      return constant(value);
    }
    let { run, eager } = binding;
    if (PATTERNS.has(name) && typeof second?.constant === 'string') {
      const regexp = this.regexps.get(second.constant);
      if ('error' in regexp) throw new PlanError(regexp.error, expr.at);
      // What is compiled beforehand looks at its text only.
      run = (text = null, ...rest) => (typeof text === 'string' ? binding.run(text, ...rest) : noSuchOverload());
      eager = false;
    }
    const overload = overloads.length === 1 ? (overloads[0] ?? '') : '';
    const cost = callCost(name, overload, this.environment.reckonsLists);
    return {
      step: callStep(
        args.map(({ step }) => step),
        { run, eager },
        cost,
        expr.at,
      ),
    };
  }

  private equality(name: string, [left = nothing, right = nothing]: readonly Step[], at: number): Step {
    const binding = {
      eager: true,
      run: (a: Value = null, b: Value = null): Value => {
        const same = equal(a, b);
        return name === '_==_' ? same : same !== true;
      },
    };
    return callStep([left, right], binding, callCost(name, name === '_==_' ? 'equals' : 'not_equals', false), at);
  }

  private planIndex(expr: CallExpr, [operand]: readonly Expr[], index: Planned, optional: boolean): Planned {
    if (operand === undefined) throw new PlanError('no such overload', expr.at);
    const { constant: known } = index;
    if (known !== undefined && !isQualifier(known))
      throw new PlanError(`invalid qualifier type: ${goTypeOf(known)}`, expr.at);
    // A path as an index costs nothing itself.
    const key =
      known !== undefined ? (): Value => known : index.attribute === undefined ? index.step : resolver(index.attribute);
    const field = typeof known === 'string' ? { field: known } : {};
    return this.qualify(operand, { at: expr.at, optional, test: false, key, ...field });
  }

  private planMap(expr: MapExpr): Planned {
    const entries = expr.entries.map(({ key, value, optional }) => ({
      key: this.plan(key),
      value: this.plan(value),
      optional,
    }));
    const build = mapStep(
      entries.map(({ key, value, optional }) => ({ key: key.step, value: value.step, optional })),
      expr.at,
    );
    const isConstant = entries.every(({ key, value }) => key.constant !== undefined && value.constant !== undefined);
    return isConstant ? constant(build(NO_FRAME)) : { step: costing(build, MAP_COST) };
  }

  private planList({ items, at }: ListExpr): Planned {
    const planned = items.map(({ value }) => this.plan(value));
    const build = listStep(
      planned.map(({ step }, index) => ({ value: step, optional: items[index]?.optional === true })),
      at,
    );
    const isConstant = planned.every((item) => item.constant !== undefined);
    return isConstant ? constant(build(NO_FRAME)) : { step: costing(build, LIST_COST) };
  }

  private planStruct(expr: StructExpr): Planned {
    const name = expr.name.replace(/^\./, '');
    if (buildWellKnown(name, new Map()) === undefined) throw new PlanError(`unknown type: ${name}`, expr.at);
    const fields = expr.fields.map(({ name: field, value, optional }) => ({
      field,
      value: this.step(value),
      optional,
    }));
    return { step: costing(structStep(name, fields, expr.at), STRUCT_COST) };
  }

  private planFold(expr: FoldExpr): Planned {
    const init = this.step(expr.init);
    const range = this.step(expr.range);
    const accu = this.slots++;
    const variable = this.slots++;
    const secondVariable = expr.secondVariable === undefined ? undefined : this.slots++;
    const outer = this.scopes.length;
    this.scopes.push({ name: expr.accu, step: accumulator(accu, init) });
    this.scopes.push({ name: expr.variable, step: slot(variable) });
    if (expr.secondVariable !== undefined && secondVariable !== undefined)
      this.scopes.push({ name: expr.secondVariable, step: slot(secondVariable) });
    const condition = this.step(expr.condition);
    const step = this.step(expr.step);
    this.scopes.length = outer + 1;
    const result = this.step(expr.result);
    this.scopes.length = outer;
    return { step: foldStep({ at: expr.at, range, accu, variable, secondVariable, condition, step, result }) };
  }
}

const NO_FRAME = new Frame(() => undefined, Infinity);
const nothing: Step = () => null;

function constant(value: Value): Planned {
  return { step: () => value, constant: value };
}

function slot(index: number): Step {
  return (frame) => frame.slots[index] ?? null;
}

/** A planned attribute: following it costs 1, a choice nothing, and asking for presence nothing. */
function attribute(attr: Attribute, isTest = false): Planned {
  const resolve = resolver(attr);
  const cost = (attr.kind === 'choice' ? 0 : 1) - (isTest ? 1 : 0);
  const step: Step = (frame) => {
    const value = resolve(frame);
    if (cost !== 0) frame.spend(cost);
    return isTest && value instanceof Optional ? value.value !== undefined : value;
  };
  return { step, attribute: attr };
}

function branch({ attribute: attr, step }: Planned, { at }: Expr): Attribute {
  return attr ?? { kind: 'path', from: step, at, path: [] };
}

function isQualifier(value: Value): boolean {
  return ['string', 'bigint', 'boolean', 'number'].includes(typeof value) || value instanceof Uint;
}

function costing(step: Step, cost: number): Step {
  return (frame) => {
    const value = step(frame);
    frame.spend(cost);
    return value;
  };
}
