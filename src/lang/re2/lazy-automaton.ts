import { assertionHolds, isWordCharacter } from './assertion.ts';
import { holds } from './char-set.ts';
import type { RegexpProgram } from './regexp-program.ts';

/** What the machine may do at a place in the text, and what stands before it. */
interface State {
  /** The instructions to go on with, before what needs no character is followed. */
  readonly pending: readonly number[];
  /** The character before: -1 at the start. Characters that no assertion tells apart share one. */
  readonly before: number;
  /** The state after each ASCII character, and after the end; undefined until it is first needed. */
  readonly after: (State | 'match' | undefined)[];
}

const ASCII = 128;
const END = ASCII;
/** States that are kept; when there are more, all are made again. */
const MOST_STATES = 1000;
/** Stand-ins for characters before a place: a letter for those of words, a blank for all others. */
const WORD = 0x61;
const OTHER = 0x20;
const LINE_FEED = 0x0a;

/**
 * Answers only whether a regular expression matches anywhere in a text. States are made where they are first reached, so that most characters cost one
 * look-up, and none more than a step of the machine.
 */
export class LazyAutomaton {
  private readonly program: RegexpProgram;
  private readonly states = new Map<string, State>();
  private readonly seen: Int32Array;
  private round = 0;
  private readonly first: State;

  constructor(program: RegexpProgram) {
    this.program = program;
    this.seen = new Int32Array(program.instructions.length).fill(-1);
    this.first = this.state([program.start], -1);
  }

  matches(text: string): boolean {
    let state = this.first;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      let after: State | 'match';
      if (code < ASCII) after = state.after[code] ??= this.step(state, code);
      else {
        const rune = text.codePointAt(index) ?? code;
        if (rune > 0xffff) index++;
        after = this.step(state, rune);
      }
      if (after === 'match') return true;
      state = after;
    }
    return (state.after[END] ??= this.step(state, undefined)) === 'match';
  }

  private step({ pending, before }: State, rune: number | undefined): State | 'match' {
    const { instructions, start } = this.program;
    const { seen } = this;
    const round = this.round++;
    const stack = pending.toReversed();
    const next: number[] = [];
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      if (seen[pc] === round) continue;
      seen[pc] = round;
      const instruction = instructions[pc];
      switch (instruction?.op) {
        case undefined:
          break;
        case 'match':
          return 'match';
        case 'split':
          stack.push(instruction.other, instruction.next);
          break;
        case 'assert':
          if (assertionHolds(instruction.at, before < 0 ? undefined : before, rune)) stack.push(instruction.next);
          break;
        case 'set':
          if (rune !== undefined && holds(instruction.set, rune)) next.push(instruction.next);
      }
    }
    next.push(start);
    return this.state(next, kindOf(rune));
  }

  private state(pending: readonly number[], before: number): State {
    const sorted = [...new Set(pending)].sort((a, b) => a - b);
    const key = `${before} ${sorted.join(' ')}`;
    let state = this.states.get(key);
    if (state === undefined) {
      if (this.states.size >= MOST_STATES) this.states.clear();
      this.states.set(
        key,
        (state = { pending: sorted, before, after: new Array<undefined>(ASCII + 1).fill(undefined) }),
      );
    }
    return state;
  }
}

function kindOf(rune: number | undefined): number {
  if (rune === LINE_FEED) return LINE_FEED;
  return isWordCharacter(rune) ? WORD : OTHER;
}
