import { assertionHolds } from './assertion.ts';
import { holds } from './char-set.ts';
import { LazyAutomaton } from './lazy-automaton.ts';
import { parseRegexp } from './parse-regexp.ts';
import { RegexpError } from './regexp-node.ts';
import { compileProgram, type RegexpProgram } from './regexp-program.ts';

/** A compiled regular expression. */
export interface Regexp {
  /** Whether it matches anywhere in a text. */
  readonly matches: (text: string) => boolean;
  /** The leftmost match; '' where there is none. */
  readonly find: (text: string) => string;
  /** Matches from left to right that do not overlap, at most `limit` of them where it is not negative. */
  readonly findAll: (text: string, limit: number) => string[];
}

/** A regular expression in the syntax of RE2 that runs in linear time, or what Go says is wrong with it. Mirrors Go's regexp.Compile. */
export function compileRegexp(text: string): Regexp | { readonly error: string } {
  try {
    const program = compileProgram(parseRegexp(text), text);
    const automaton = new LazyAutomaton(program);
    return {
      matches: (subject) => automaton.matches(subject),
      find: (subject) => {
        const runes = runesOf(subject);
        const found = search(program, runes, 0);
        return found === undefined ? '' : textOf(runes, found);
      },
      findAll: (subject, limit) => findAll(program, subject, limit),
    };
  } catch (error) {
    if (error instanceof RegexpError) return { error: error.message };
    throw error;
  }
}

type Span = readonly [start: number, end: number];

function runesOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

function textOf(runes: readonly number[], [start, end]: Span): string {
  let text = '';
  for (let index = start; index < end; index++) text += String.fromCodePoint(runes[index] ?? 0);
  return text;
}

/** Mirrors Go's Regexp.allMatches: an empty match right after another does not count. */
function findAll(program: RegexpProgram, text: string, limit: number): string[] {
  const runes = runesOf(text);
  const found: string[] = [];
  let lastEnd = -1;
  for (let from = 0; from <= runes.length && (limit < 0 || found.length < limit);) {
    const match = search(program, runes, from);
    if (match === undefined) break;
    const [start, end] = match;
    if (!(start === end && start === lastEnd)) found.push(textOf(runes, match));
    from = end > from ? end : from + 1;
    lastEnd = end;
  }
  return found;
}

/**
 * Runs the machine over the text from an index on: the threads of all possible matches side by side, in the order of preference. It
 * finds the leftmost match that the expression prefers.
 */
function search({ instructions, start }: RegexpProgram, runes: readonly number[], from: number): Span | undefined {
  let threads: number[] = [];
  let starts: number[] = [];
  let nextThreads: number[] = [];
  let nextStarts: number[] = [];
  const seen = new Int32Array(instructions.length).fill(-1);
  const stack: number[] = [];
  let found: Span | undefined;
  /** Follows what needs no character; threads that are there already are preferred. */
  const follow = (first: number, began: number, at: number, into: number[], intoStarts: number[]): void => {
    stack.push(first);
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      if (seen[pc] === at) continue;
      seen[pc] = at;
      const instruction = instructions[pc];
      if (instruction?.op === 'split') stack.push(instruction.other, instruction.next);
      else if (instruction?.op === 'assert') {
        if (assertionHolds(instruction.at, runes[at - 1], runes[at])) stack.push(instruction.next);
      } else {
        into.push(pc);
        intoStarts.push(began);
      }
    }
  };
  for (let at = from; ; at++) {
    if (found === undefined) follow(start, at, at, threads, starts);
    else if (threads.length === 0) break;
    const rune = runes[at];
    for (let index = 0; index < threads.length; index++) {
      const instruction = instructions[threads[index] ?? 0];
      const began = starts[index] ?? 0;
      if (instruction?.op === 'match') {
        found = [began, at];
        // Threads after this one are less preferred.
        break;
      }
      if (instruction?.op === 'set' && rune !== undefined && holds(instruction.set, rune))
        follow(instruction.next, began, at + 1, nextThreads, nextStarts);
    }
    if (rune === undefined) break;
    [threads, nextThreads] = [nextThreads, threads];
    [starts, nextStarts] = [nextStarts, starts];
    nextThreads.length = 0;
    nextStarts.length = 0;
  }
  return found;
}
