/** A small expression with types that fit: what a naive evaluator and a printer understand. */
export type Small =
  | { readonly op: 'int'; readonly value: bigint }
  | { readonly op: 'bool'; readonly value: boolean }
  | { readonly op: 'string'; readonly value: string }
  | { readonly op: 'name'; readonly name: string }
  | { readonly op: 'list'; readonly items: readonly Small[] }
  | { readonly op: 'unary'; readonly sign: '!' | '-'; readonly of: Small }
  | { readonly op: 'binary'; readonly sign: string; readonly left: Small; readonly right: Small }
  | { readonly op: 'if'; readonly test: Small; readonly then: Small; readonly otherwise: Small }
  | { readonly op: 'index'; readonly list: Small; readonly index: Small }
  | { readonly op: 'call'; readonly name: string; readonly target: Small; readonly args: readonly Small[] }
  | { readonly op: 'size'; readonly of: Small }
  | { readonly op: 'field'; readonly field: string }
  | { readonly op: 'has'; readonly field: string }
  | { readonly op: 'orValue'; readonly field: string; readonly other: Small }
  | { readonly op: 'macro'; readonly name: Macro; readonly list: Small; readonly body: Small };

export type Macro = 'all' | 'exists' | 'exists_one' | 'filter' | 'map';

/** The variables that small expressions have; `each` is that of the innermost macro. */
export const VARIABLES = {
  x: 3n,
  b: true,
  s: 'abc',
  l: [1n, 2n, 3n] as readonly bigint[],
  m: new Map([
    ['k', 7n],
    ['zero', 0n],
  ]),
};

/** How tightly operators bind; `?:` binds least. */
const BINDING: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '==': 3,
  '!=': 3,
  in: 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
};
const UNARY = 6;
const MEMBER = 7;

/** Writes an expression, with parentheses where they are needed, or around everything. */
export function printSmall(expression: Small, everywhere = false): string {
  const print = (small: Small, least: number): string => {
    const [text, binds] = printed(small);
    return binds < least || (everywhere && binds < MEMBER) ? `(${text})` : text;
  };
  const printed = (small: Small): readonly [string, number] => {
    switch (small.op) {
      case 'int':
        return [String(small.value), small.value < 0n ? UNARY : MEMBER];
      case 'bool':
        return [String(small.value), MEMBER];
      case 'string':
        return [JSON.stringify(small.value), MEMBER];
      case 'name':
        return [small.name, MEMBER];
      case 'list':
        return [`[${small.items.map((item) => print(item, 0)).join(', ')}]`, MEMBER];
      case 'unary':
        return [`${small.sign}${print(small.of, MEMBER)}`, UNARY];
      case 'binary': {
        const binds = BINDING[small.sign] ?? 0;
        // A chain of logic is balanced by the parser, `(a && b) && (c && d)`, so that its left side is put in parentheses too.
        const isLogic = small.sign === '&&' || small.sign === '||';
        return [
          `${print(small.left, isLogic ? binds + 1 : binds)} ${small.sign} ${print(small.right, binds + 1)}`,
          binds,
        ];
      }
      case 'if':
        return [`${print(small.test, 1)} ? ${print(small.then, 1)} : ${print(small.otherwise, 0)}`, 0];
      case 'index':
        return [`${print(small.list, MEMBER)}[${print(small.index, 0)}]`, MEMBER];
      case 'call':
        return [
          `${print(small.target, MEMBER)}.${small.name}(${small.args.map((arg) => print(arg, 0)).join(', ')})`,
          MEMBER,
        ];
      case 'size':
        return [`size(${print(small.of, 0)})`, MEMBER];
      case 'field':
        return [`m.${small.field}`, MEMBER];
      case 'has':
        return [`has(m.${small.field})`, MEMBER];
      case 'orValue':
        return [`m[?'${small.field}'].orValue(${print(small.other, 0)})`, MEMBER];
      case 'macro':
        return [`${print(small.list, MEMBER)}.${small.name}(each, ${print(small.body, 0)})`, MEMBER];
    }
  };
  return print(expression, 0);
}

/** A value of a small expression; undefined stands for any error. */
export type SmallValue = bigint | boolean | string | readonly bigint[] | undefined;

const MOST = 2n ** 63n - 1n;

/** Evaluates an expression the plain way: one case for each construct, as the language definition has it. */
export function evaluateSmall(small: Small, each?: bigint): SmallValue {
  const run = (other: Small): SmallValue => evaluateSmall(other, each);
  switch (small.op) {
    case 'int':
    case 'bool':
    case 'string':
      return small.value;
    case 'name':
      return small.name === 'each' ? each : VARIABLES[small.name as 'x' | 'b' | 's' | 'l'];
    case 'list': {
      const items = small.items.map(run);
      return items.every((item) => typeof item === 'bigint') ? items : undefined;
    }
    case 'unary': {
      const value = run(small.of);
      if (small.sign === '!') return typeof value === 'boolean' ? !value : undefined;
      return typeof value === 'bigint' ? ranged(-value) : undefined;
    }
    case 'binary':
      return binary(small.sign, run(small.left), run(small.right));
    case 'if': {
      const test = run(small.test);
      return test === undefined ? undefined : run(test === true ? small.then : small.otherwise);
    }
    case 'index': {
      const [list, index] = [run(small.list), run(small.index)];
      return Array.isArray(list) && typeof index === 'bigint' ? (list as bigint[])[Number(index)] : undefined;
    }
    case 'call':
      return call(small.name, run(small.target), small.args.map(run));
    case 'size': {
      const value = run(small.of);
      return typeof value === 'string' || Array.isArray(value) ? BigInt(value.length) : undefined;
    }
    case 'field':
      return VARIABLES.m.get(small.field);
    case 'has':
      return VARIABLES.m.has(small.field);
    case 'orValue':
      return VARIABLES.m.get(small.field) ?? run(small.other);
    case 'macro':
      return macro(small.name, run(small.list), small.body);
  }
}

function ranged(value: bigint): bigint | undefined {
  return value > MOST || value < -MOST - 1n ? undefined : value;
}

function binary(sign: string, left: SmallValue, right: SmallValue): SmallValue {
  if (sign === '&&')
    return left === false || right === false ? false : left === true && right === true ? true : undefined;
  if (sign === '||')
    return left === true || right === true ? true : left === false && right === false ? false : undefined;
  if (left === undefined || right === undefined) return undefined;
  if (sign === '==' || sign === '!=') return (show(left) === show(right)) === (sign === '==');
  if (sign === 'in') return Array.isArray(right) && (right as bigint[]).includes(left as bigint);
  if (typeof left === 'string' && typeof right === 'string')
    return sign === '+' ? left + right : compared(sign, left < right ? -1 : left > right ? 1 : 0);
  if (Array.isArray(left) && Array.isArray(right)) return [...(left as bigint[]), ...(right as bigint[])];
  if (typeof left !== 'bigint' || typeof right !== 'bigint') return undefined;
  switch (sign) {
    case '+':
      return ranged(left + right);
    case '-':
      return ranged(left - right);
    case '*':
      return ranged(left * right);
    case '/':
      return right === 0n ? undefined : ranged(left / right);
    case '%':
      return right === 0n ? undefined : left % right;
    default:
      return compared(sign, left < right ? -1 : left > right ? 1 : 0);
  }
}

function compared(sign: string, order: number): boolean {
  if (sign === '<') return order < 0;
  if (sign === '<=') return order <= 0;
  return sign === '>' ? order > 0 : order >= 0;
}

/** A value as text, the same for equal values. */
export function show(value: SmallValue): string {
  if (value === undefined) return 'error';
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each));
}

function call(name: string, target: SmallValue, args: readonly SmallValue[]): SmallValue {
  const [first, second] = args;
  if (typeof target !== 'string' || args.includes(undefined)) return undefined;
  switch (name) {
    case 'startsWith':
      return target.startsWith(String(first));
    case 'endsWith':
      return target.endsWith(String(first));
    case 'contains':
      return target.includes(String(first));
    case 'indexOf':
      return BigInt(target.indexOf(String(first)));
    case 'replace':
      return target.replaceAll(String(first), () => String(second));
    case 'upperAscii':
      return target.toUpperCase();
    default:
      return undefined;
  }
}

function macro(name: Macro, list: SmallValue, body: Small): SmallValue {
  if (!Array.isArray(list)) return undefined;
  const items = list as readonly bigint[];
  const results = items.map((item) => evaluateSmall(body, item));
  switch (name) {
    case 'all':
      return results.reduce((sum, each) => binary('&&', sum, each), true);
    case 'exists':
      return results.reduce((sum, each) => binary('||', sum, each), false);
    case 'exists_one':
      return results.includes(undefined) ? undefined : results.filter((each) => each === true).length === 1;
    case 'filter':
      return results.includes(undefined) ? undefined : items.filter((_, index) => results[index] === true);
    case 'map':
      return results.includes(undefined) ? undefined : (results as bigint[]);
  }
}
