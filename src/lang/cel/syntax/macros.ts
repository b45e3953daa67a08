import type { Value } from '../values/value.ts';
import type { Expr } from './expr.ts';

/** Makes nodes at the place of the call that a macro replaces. */
export interface MacroBuilder {
  readonly literal: (value: Value) => Expr;
  readonly ident: (name: string) => Expr;
  readonly list: (...items: readonly Expr[]) => Expr;
  readonly map: () => Expr;
  readonly call: (name: string, ...args: readonly Expr[]) => Expr;
  readonly memberCall: (name: string, target: Expr, ...args: readonly Expr[]) => Expr;
  readonly presence: (operand: Expr, field: string) => Expr;
  readonly fold: (parts: FoldParts) => Expr;
}

interface FoldParts {
  readonly range: Expr;
  readonly variables: readonly [first: string, second?: string];
  readonly accu?: string;
  readonly init: Expr;
  readonly condition: Expr;
  readonly step: Expr;
  readonly result: Expr;
}

/** What a macro makes of a call; or what is wrong with an argument. */
type Expansion = Expr | { readonly at: number; readonly error: string };

/** A call that is replaced while it is parsed: for a receiver where `member`, with a number of arguments. Mirrors cel-go's parser/macro.go. */
export interface Macro {
  readonly name: string;
  readonly member: boolean;
  readonly args: number;
  readonly expand: (make: MacroBuilder, target: Expr, args: readonly Expr[]) => Expansion;
}

/** The variable in which loops gather; no expression can name it. */
export const ACCUMULATOR = '@result';
const OLD_ACCUMULATOR = '__result__';
const UNUSED = '#unused';

const has: Macro = {
  name: 'has',
  member: false,
  args: 1,
  expand: (make, _, [arg]) => {
    if (arg?.kind === 'select') return make.presence(arg.operand, arg.field);
    return { at: arg?.at ?? -1, error: 'invalid argument to has() macro' };
  },
};

/** The macros of every environment. */
export const STANDARD_MACROS: readonly Macro[] = [
  has,
  ...['all', 'exists', 'exists_one'].map((name) =>
    looping(name, 1, 1, 'argument must be a simple name', quantifier(name)),
  ),
  looping('map', 1, 1, 'argument is not an identifier', (make, range, variables, [body]) =>
    gather(make, range, variables, undefined, body),
  ),
  looping('map', 1, 2, 'argument is not an identifier', (make, range, variables, [filter, body]) =>
    gather(make, range, variables, filter, body),
  ),
  looping('filter', 1, 1, 'argument is not an identifier', (make, range, variables, [filter]) =>
    gather(make, range, variables, filter, make.ident(variables[0])),
  ),
];

/** The macros of optional types: `optMap` and `optFlatMap`. */
export const OPTIONAL_MACROS: readonly Macro[] = ['optMap', 'optFlatMap'].map((name) => ({
  name,
  member: true,
  args: 2,
  expand: (make, target, [variable, body]) => {
    if (variable?.kind !== 'ident' || body === undefined)
      return { at: variable?.at ?? -1, error: `${name}() variable name must be a simple identifier` };
    const value = make.fold({
      range: make.list(),
      variables: [UNUSED],
      accu: variable.name,
      init: make.memberCall('value', target),
      condition: make.literal(false),
      step: make.ident(variable.name),
      result: body,
    });
    return make.call(
      '_?_:_',
      make.memberCall('hasValue', target),
      name === 'optMap' ? make.call('optional.of', value) : value,
      make.call('optional.none'),
    );
  },
}));

const NOT_SIMPLE = 'argument must be a simple name';

/** The macros with two variables: the index and the element, or the key and the value. */
export const TWO_VARIABLE_MACROS: readonly Macro[] = [
  ...['all', 'exists', 'existsOne', 'exists_one'].map((name) => looping(name, 2, 1, NOT_SIMPLE, quantifier(name))),
  ...[1, 2].flatMap((bodies) => [
    looping('transformList', 2, bodies, NOT_SIMPLE, (make, range, variables, rest) =>
      gather(make, range, variables, bodies === 2 ? rest[0] : undefined, rest.at(-1)),
    ),
    looping('transformMap', 2, bodies, NOT_SIMPLE, (make, range, variables, rest) =>
      insert(make, range, variables, bodies === 2 ? rest[0] : undefined, [make.ident(variables[0]), ...rest.slice(-1)]),
    ),
    looping('transformMapEntry', 2, bodies, NOT_SIMPLE, (make, range, variables, rest) =>
      insert(make, range, variables, bodies === 2 ? rest[0] : undefined, rest.slice(-1)),
    ),
  ]),
];

const SORTABLE = new Set(['list', 'select', 'ident', 'fold', 'call']);

/** `list.sortBy(x, key)`, of cel-go's ext/lists. */
export const SORT_MACROS: readonly Macro[] = [
  {
    name: 'sortBy',
    member: true,
    args: 2,
    expand: (make, target, args) => {
      if (!SORTABLE.has(target.kind))
        return {
          at: target.at,
          error: 'sortBy can only be applied to a list, identifier, comprehension, call or select expression',
        };
      const input = '@__sortBy_input__';
      const [variable, body] = args;
      const name = nameOf(variable, 'argument is not an identifier');
      if (typeof name !== 'string') return name;
      const keys = gather(make, make.ident(input), [name], undefined, body);
      return make.fold({
        range: make.list(),
        variables: [UNUSED],
        accu: input,
        init: target,
        condition: make.literal(false),
        step: make.ident(input),
        result: make.memberCall('@sortByAssociatedKeys', make.ident(input), keys),
      });
    },
  },
];

type Variables = readonly [first: string, second?: string];
type Body = (make: MacroBuilder, range: Expr, variables: Variables, rest: readonly Expr[]) => Expr;

/** A macro of a receiver whose first arguments name variables. */
function looping(name: string, variables: 1 | 2, bodies: number, notSimple: string, body: Body): Macro {
  return {
    name,
    member: true,
    args: variables + bodies,
    expand: (make, target, args) => {
      const first = nameOf(args[0], notSimple, variables === 1);
      if (typeof first !== 'string') return first;
      if (variables === 1) return body(make, target, [first], args.slice(1));
      const second = nameOf(args[1], notSimple, false);
      if (typeof second !== 'string') return second;
      if (first === second) return { at: args[1]?.at ?? -1, error: `duplicate variable name: ${first}` };
      const clash = [first, second].indexOf(OLD_ACCUMULATOR);
      if (clash >= 0) return { at: args[clash]?.at ?? -1, error: OVERWRITES };
      return body(make, target, [first, second], args.slice(2));
    },
  };
}

const OVERWRITES = 'iteration variable overwrites accumulator variable';

function nameOf(
  expr: Expr | undefined,
  error: string,
  guard = true,
): string | { readonly at: number; readonly error: string } {
  if (expr?.kind !== 'ident') return { at: expr?.at ?? -1, error };
  return guard && expr.name === OLD_ACCUMULATOR ? { at: expr.at, error: OVERWRITES } : expr.name;
}

function quantifier(name: string): Body {
  return (make, range, variables, [predicate]) => {
    const accu = (): Expr => make.ident(ACCUMULATOR);
    const body = predicate ?? make.literal(null);
    if (name === 'all')
      return make.fold({
        range,
        variables,
        init: make.literal(true),
        condition: make.call('@not_strictly_false', accu()),
        step: make.call('_&&_', accu(), body),
        result: accu(),
      });
    if (name === 'exists')
      return make.fold({
        range,
        variables,
        init: make.literal(false),
        condition: make.call('@not_strictly_false', make.call('!_', accu())),
        step: make.call('_||_', accu(), body),
        result: accu(),
      });
    return make.fold({
      range,
      variables,
      init: make.literal(0n),
      condition: make.literal(true),
      step: make.call('_?_:_', body, make.call('_+_', accu(), make.literal(1n)), accu()),
      result: make.call('_==_', accu(), make.literal(1n)),
    });
  };
}

/** A loop that appends to a list. */
function gather(
  make: MacroBuilder,
  range: Expr,
  variables: Variables,
  filter: Expr | undefined,
  body = make.literal(null),
): Expr {
  const step = make.call('_+_', make.ident(ACCUMULATOR), make.list(body));
  return collect(make, range, variables, filter, make.list(), step);
}

/** A loop that inserts into a map. */
function insert(
  make: MacroBuilder,
  range: Expr,
  variables: Variables,
  filter: Expr | undefined,
  entry: readonly Expr[],
): Expr {
  const step = make.call('cel.@mapInsert', make.ident(ACCUMULATOR), ...entry);
  return collect(make, range, variables, filter, make.map(), step);
}

function collect(
  make: MacroBuilder,
  range: Expr,
  variables: Variables,
  filter: Expr | undefined,
  init: Expr,
  step: Expr,
): Expr {
  return make.fold({
    range,
    variables,
    init,
    condition: make.literal(true),
    step: filter === undefined ? step : make.call('_?_:_', filter, step, make.ident(ACCUMULATOR)),
    result: make.ident(ACCUMULATOR),
  });
}
