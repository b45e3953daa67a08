import { goQuote } from '../lang/go-quote.ts';
import { nearest } from '../lang/nearest.ts';
import type { Span } from '../text/tree.ts';
import { goTypeError, strictPath } from './go-error.ts';
import type { Severity } from './model-problem.ts';
import { structReference } from './types/schemas.ts';
import type { StructReference, Type } from './types/type.ts';
import { fieldOf } from './types/type.ts';
import type { Fault, UnknownFieldFault, WrongTypeFault } from './types/type-faults.ts';

/** A fault as text, with its place. */
export interface FaultProblem {
  readonly rule: 'unknown-field' | 'duplicate-key' | 'schema';
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
}

interface Subject {
  readonly type: StructReference;
  readonly minor: number;
  readonly isCustom: boolean;
}

/** What the server says about a fault, and what to do about it. */
export function faultProblem(fault: Fault, subject: Subject): FaultProblem {
  switch (fault.kind) {
    case 'unknown-field':
      return {
        rule: 'unknown-field',
        severity: 'warning',
        span: keySpan(fault),
        message: `unknown field ${goQuote(strictPath(fault.path))}`,
        ...unknownFieldHint(fault, subject.minor),
      };
    case 'duplicate-field':
      return {
        rule: 'duplicate-key',
        severity: 'warning',
        span: keySpan(fault),
        message: `duplicate field ${goQuote(strictPath(fault.path))}`,
        hint: 'keep one of them: the server merges them without a word',
      };
    case 'wrong-type':
      return {
        rule: 'schema',
        severity: 'error',
        span: { start: fault.node.start, end: fault.node.end },
        message: wrongTypeMessage(fault, subject),
        ...wrongTypeHint(fault),
      };
  }
}

function keySpan({ entry }: { readonly entry: { readonly keyStart: number; readonly keyEnd: number } }): Span {
  return { start: entry.keyStart, end: entry.keyEnd };
}

function unknownFieldHint({ entry: { key }, struct }: UnknownFieldFault, minor: number): { readonly hint?: string } {
  const other = struct.fields.get(key);
  if (other !== undefined) {
    if (minor < other.since) return { hint: `the field exists from 1.${other.since} on, the target is 1.${minor}` };
    return { hint: `the field was removed in 1.${other.until + 1}, the target is 1.${minor}` };
  }
  const names = [...struct.fields.keys()].filter((name) => fieldOf(struct, name, minor) !== undefined);
  const folded = key.toLowerCase();
  const near = names.find((name) => name.toLowerCase() === folded) ?? nearest(key, names);
  return near === undefined ? {} : { hint: `did you mean \`${near}\`?` };
}

/** The metadata of a custom resource are decoded by Go, and before anything is validated. */
function wrongTypeMessage(fault: WrongTypeFault, { isCustom, type, minor }: Subject): string {
  const [first, ...rest] = fault.path;
  if (!isCustom) return goTypeError(fault, type, minor);
  if (first !== 'metadata' || rest.length === 0) return customTypeError(fault);
  return goTypeError({ ...fault, path: rest }, structReference('meta.v1.ObjectMeta'), minor);
}

/** What OpenAPI validation says about a custom resource. Mirrors kube-openapi, pkg/validation/errors. */
function customTypeError({ path, got, type, error }: WrongTypeFault): string {
  const place = strictPath(path);
  const given = got.startsWith('number') ? 'number' : (OPENAPI_NAMES[got] ?? got);
  if (error !== undefined) return `${place}: ${error}`;
  const wanted = openApiType(type);
  return `${place}: Invalid value: "${given}": ${place} in body must be of type ${wanted}: "${given}"`;
}

const OPENAPI_NAMES: Readonly<Record<string, string>> = { bool: 'boolean' };

function openApiType(type: Type): string {
  switch (type.kind) {
    case 'bool':
      return 'boolean';
    case 'int32':
    case 'int64':
      return 'integer';
    case 'float64':
      return 'number';
    case 'slice':
      return 'array';
    case 'struct':
    case 'map':
      return 'object';
    default:
      return 'string';
  }
}

function wrongTypeHint({ node, type, error }: WrongTypeFault): { readonly hint?: string } {
  if (error !== undefined) return {};
  if (type.kind === 'string') {
    if (node.type === 'number') return { hint: `text is expected: put it in quotes, "${node.literal}"` };
    if (node.type === 'boolean') return { hint: 'text is expected: put it in quotes' };
    return { hint: 'set a string' };
  }
  const expected = EXPECTED[type.kind];
  return expected === undefined ? {} : { hint: `set ${expected}` };
}

const EXPECTED: Partial<Record<Type['kind'], string>> = {
  bool: '`true` or `false`',
  int32: 'a whole number',
  int64: 'a whole number',
  int: 'a whole number',
  float64: 'a number',
  slice: 'a list',
  map: 'a map',
  struct: 'a map',
  bytes: 'text in base64',
};
