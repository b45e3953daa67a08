import { compileRegexp } from '../../re2/regexp.ts';
import { formatParts, wrongArgument } from '../library/format-string.ts';
import type { CallExpr, Expr } from '../syntax/expr.ts';
import type { CelIssue } from '../syntax/source.ts';
import { type CelType, DURATION, formatType, isSameType, TIMESTAMP } from '../types/cel-type.ts';
import { convert } from '../values/convert.ts';
import { CelError } from '../values/value.ts';
import { nodesOf, type Checked } from './checked.ts';
import type { CelEnvironment } from './environment.ts';

/** Thrown where cel-go's validators would panic. */
export class ValidationPanic extends Error {}

/** What is wrong with literals of a checked expression: times, regular expressions, aggregates of mixed types, and formats. Mirrors cel-go's cel/validator.go. */
export function validate({ expr, types }: Checked, environment: CelEnvironment): CelIssue[] {
  const issues: CelIssue[] = [];
  for (const [node, parents] of nodesOf(expr)) {
    const isInFormat = parents.some((parent) => parent.kind === 'call' && parent.name === 'format');
    if (!(environment.validatesLiterals && isInFormat)) validateAggregate(node, types, issues);
    if (!environment.validatesLiterals) continue;
    if (node.kind === 'call') validateLiteral(node, types, issues);
    if (node.kind === 'call' && node.name === 'format') validateFormat(node, types, issues);
  }
  return issues;
}

function validateLiteral({ name, args: [arg] }: CallExpr, types: readonly CelType[], issues: CelIssue[]): void {
  if (arg?.kind !== 'literal') return;
  const type = types[arg.id];
  const isBad =
    name === 'matches'
      ? typeof arg.value === 'string' && 'error' in compileRegexp(arg.value)
      : (name === 'duration' || name === 'timestamp') &&
        type !== undefined &&
        convert(arg.value, name === 'duration' ? DURATION : TIMESTAMP) instanceof CelError;
  if (isBad) issues.push({ at: arg.at, message: `invalid ${name} argument` });
}

function validateAggregate(node: Expr, types: readonly CelType[], issues: CelIssue[]): void {
  const typeOf = (expr: Expr, optional: boolean): CelType | undefined => {
    const type = types[expr.id];
    if (!optional) return type;
    const [inner] = type?.params ?? [];
    if (inner === undefined) throw new ValidationPanic('runtime error: index out of range [0] with length 0');
    return inner;
  };
  const mismatch = (expr: Expr, expected: CelType, found: CelType): void => {
    issues.push({ at: expr.at, message: `expected type '${formatType(expected)}' but found '${formatType(found)}'` });
  };
  if (node.kind === 'list') {
    let first: CelType | undefined;
    for (const { value, optional } of node.items) {
      const type = typeOf(value, optional);
      if (type === undefined) continue;
      first ??= type;
      if (isSameType(first, type, false)) continue;
      mismatch(value, first, type);
      break;
    }
  }
  if (node.kind !== 'map') return;
  const [head] = node.entries;
  if (head === undefined) return;
  const keys = typeOf(head.key, false);
  const values = typeOf(head.value, head.optional);
  for (const { key, value, optional } of node.entries.slice(1)) {
    const keyType = typeOf(key, false);
    const valueType = typeOf(value, optional);
    if (keys !== undefined && keyType !== undefined && !isSameType(keys, keyType, false)) mismatch(key, keys, keyType);
    if (values !== undefined && valueType !== undefined && !isSameType(values, valueType, false))
      mismatch(value, values, valueType);
  }
}

const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  s: ['list', 'map', 'int', 'uint', 'double', 'bool', 'string', 'timestamp', 'bytes', 'duration', 'type', 'null'],
  d: ['int', 'uint'],
  f: ['double', 'string'],
  e: ['double', 'string'],
  b: ['int', 'uint', 'bool'],
  x: ['int', 'uint', 'string', 'bytes'],
  X: ['int', 'uint', 'string', 'bytes'],
  o: ['int', 'uint'],
};

function validateFormat(node: CallExpr, types: readonly CelType[], issues: CelIssue[]): void {
  const [list] = node.args;
  if (node.target?.kind !== 'literal' || typeof node.target.value !== 'string' || list?.kind !== 'list') return;
  const args = list.items.map(({ value }) => value);
  let used = 0;
  for (const part of formatParts(node.target.value, args.length)) {
    if ('error' in part) {
      issues.push({ at: node.at, message: part.error });
      return;
    }
    if ('text' in part) continue;
    const arg = args[used++];
    const bad = arg && badArgument(part.verb, arg, types);
    if (bad === undefined) continue;
    issues.push({ at: bad.at, message: wrongArgument(part.verb, types[bad.id]?.name ?? '') });
    return;
  }
  if (args.length > used)
    issues.push({
      at: node.at,
      message: `too many arguments supplied to string.format (expected ${used}, got ${args.length})`,
    });
}

/** The expression in an argument that a verb cannot format. */
function badArgument(verb: string, arg: Expr, types: readonly CelType[]): Expr | undefined {
  const kind = types[arg.id]?.kind ?? 'dyn';
  if (kind !== 'dyn' && ACCEPTED[verb]?.includes(kind) !== true) return arg;
  if (verb !== 's') return undefined;
  const inside =
    arg.kind === 'list'
      ? arg.items.map(({ value }) => value)
      : arg.kind === 'map'
        ? arg.entries.flatMap(({ key, value }) => [key, value])
        : [];
  for (const each of inside) {
    const bad = badArgument(verb, each, types);
    if (bad !== undefined) return bad;
  }
  return undefined;
}
