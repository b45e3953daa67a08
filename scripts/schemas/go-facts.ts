import { readFileSync } from 'node:fs';
import { CUSTOM } from './definitions.ts';

/** The output of scripts/schemas/go-types for one release of k8s.io/api. */
export interface GoFacts {
  readonly types: Readonly<Record<string, readonly GoField[]>>;
  readonly kinds: readonly GoKind[];
}

export interface GoField {
  readonly name: string;
  readonly type: string;
  readonly omitempty?: boolean;
  readonly omitzero?: boolean;
  readonly via?: string;
}

export interface GoKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly type: string;
  readonly introduced?: string;
  readonly deprecated?: string;
  readonly removed?: string;
  /** `apps/v1 Deployment` */
  readonly replacement?: string;
}

export function readGoFacts(path: string): GoFacts {
  return JSON.parse(readFileSync(path, 'utf8')) as GoFacts;
}

const SCALARS: Readonly<Record<string, string>> = {
  string: 's',
  bool: 'b',
  int32: 'i',
  int64: 'l',
  int: 'n',
  uint8: 'u',
  float64: 'f',
  bytes: 'y',
  any: 'J',
};

/** A type expression of go-types in the packed form, names in full. */
export function packGoType(expression: string): string {
  const scalar = SCALARS[expression];
  if (scalar !== undefined) return scalar;
  const rest = (from: number): string => packGoType(expression.slice(from));
  if (expression.startsWith('*')) return `*${rest(1)}`;
  if (expression.startsWith('[]')) return `[${rest(2)}`;
  if (expression.startsWith('@')) return `#${expression.slice(1)}`;
  if (expression.startsWith('!')) {
    const custom = CUSTOM[expression.slice(1)];
    if (custom !== undefined) return custom;
  }
  if (expression.startsWith('{')) {
    const close = expression.indexOf('}');
    const [key, named] = expression.slice(1, close).split('=');
    return `${named === undefined ? '{' : `<${key ?? ''}>`}${rest(close + 1)}`;
  }
  const named = /^([\w.]+)=/.exec(expression);
  if (named?.[1] !== undefined) return `(${named[1]})${rest(named[0].length)}`;
  throw new Error(`no packed form for the Go type ${expression}`);
}
