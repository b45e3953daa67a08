import type { CharSet } from './char-set.ts';
import { type Assertion, RegexpError, type RegexpNode } from './regexp-node.ts';

/** One instruction; `next` and `other` are indexes of instructions, and `next` is tried first. */
export type Instruction =
  | { readonly op: 'set'; readonly set: CharSet; next: number }
  | { readonly op: 'assert'; readonly at: Assertion; next: number }
  | { readonly op: 'split'; next: number; other: number }
  | { readonly op: 'match' };

/** A machine that runs a regular expression in time proportional to its size and the text's. */
export interface RegexpProgram {
  readonly instructions: readonly Instruction[];
  readonly start: number;
}

/** Go refuses machines beyond 128 MiB (maxSize in regexp/syntax). */
const MAX_INSTRUCTIONS = 3_355_443;

/** Makes the machine of a parsed regular expression; `text` is for the message when it would be too large. */
export function compileProgram(node: RegexpNode, text: string): RegexpProgram {
  const instructions: Instruction[] = [];
  const emit = (instruction: Instruction): number => {
    if (instructions.length >= MAX_INSTRUCTIONS) throw new RegexpError('expression too large', text);
    return instructions.push(instruction) - 1;
  };
  // Built from the end, so that what follows a part is known when the part is made.
  const build = (part: RegexpNode, next: number): number => {
    switch (part.kind) {
      case 'empty':
        return next;
      case 'set':
        return emit({ op: 'set', set: part.set, next });
      case 'assert':
        return emit({ op: 'assert', at: part.at, next });
      case 'concat':
        return part.parts.reduceRight((after, each) => build(each, after), next);
      case 'alternate':
        return part.parts
          .slice(0, -1)
          .reduceRight(
            (other, each) => emit({ op: 'split', next: build(each, next), other }),
            build(part.parts.at(-1) ?? { kind: 'empty' }, next),
          );
      case 'repeat':
        return repeat(part, next);
    }
  };
  const split = (greedy: boolean, body: number, after: number): number =>
    emit({ op: 'split', next: greedy ? body : after, other: greedy ? after : body });
  const loop = (of: RegexpNode, greedy: boolean, next: number, atLeastOnce: boolean): number => {
    const fork: Instruction & { op: 'split' } = { op: 'split', next, other: next };
    const at = emit(fork);
    const body = build(of, at);
    if (greedy) fork.next = body;
    else fork.other = body;
    return atLeastOnce ? body : at;
  };
  const repeat = ({ of, min, max, greedy }: RegexpNode & { kind: 'repeat' }, next: number): number => {
    let after = next;
    if (max < 0) {
      after = loop(of, greedy, next, min > 0);
      for (let count = 1; count < min; count++) after = build(of, after);
      return after;
    }
    for (let count = min; count < max; count++) after = split(greedy, build(of, after), next);
    for (let count = 0; count < min; count++) after = build(of, after);
    return after;
  };
  const match = emit({ op: 'match' });
  const start = build(node, match);
  return { instructions, start };
}
