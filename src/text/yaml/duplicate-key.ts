import type { Span, Tree } from '../tree.ts';
import { countBreaks } from './scan/characters.ts';

/** A key that a mapping had already. `at` is where the value of the second stands: its line is the one the server names. */
export interface DuplicateKey {
  /** The key as Go prints it: a string in quotes. */
  readonly key: string;
  readonly keySpan: Span;
  readonly firstSpan: Span;
  readonly at: number;
  /** Whether the first one came with a merge key: to override what is merged is what merge keys are for. */
  readonly overridesMerge: boolean;
}

/** Two keys that are different to Go and the same in JSON: chance decides whose value the server gets. */
export interface CollidingKey {
  readonly keySpan: Span;
  readonly firstSpan: Span;
  readonly values: readonly [Tree, Tree];
}

/**
 * What the strict decoder reports for repeated keys in the chunk that starts at `begin`: one text for all of them, '' when there are none
 * (mirrors go.yaml.in/yaml/v2, `TypeError`).
 */
export function duplicatesMessage(text: string, begin: number, duplicates: readonly DuplicateKey[]): string {
  if (duplicates.length === 0) return '';
  let line = 1;
  let counted = begin;
  const lines = duplicates.map(({ key, at }) => {
    if (at < counted) [line, counted] = [1, begin];
    line += countBreaks(text, counted, at);
    counted = at;
    return `\n  line ${line}: key ${key} already set in map`;
  });
  return `yaml: unmarshal errors:${lines.join('')}`;
}
