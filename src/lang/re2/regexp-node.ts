import type { CharSet } from './char-set.ts';

/** A parsed regular expression. Greedy repetitions prefer more, others fewer; `max` of -1 is no limit. */
export type RegexpNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'assert'; readonly at: Assertion }
  | { readonly kind: 'concat'; readonly parts: readonly RegexpNode[] }
  | { readonly kind: 'alternate'; readonly parts: readonly RegexpNode[] }
  | {
      readonly kind: 'repeat';
      readonly of: RegexpNode;
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
    };

/** A place between characters. */
export type Assertion = 'line-start' | 'line-end' | 'text-start' | 'text-end' | 'word-boundary' | 'no-word-boundary';

/** What Go says about a regular expression that does not parse. */
export class RegexpError extends Error {
  constructor(code: string, text: string) {
    super(`error parsing regexp: ${code}: \`${text}\``);
  }
}
