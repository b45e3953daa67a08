import { combine } from '../../../lang/traffic/combine.ts';
import { DiagramSpace } from '../../../lang/traffic/diagram.ts';
import type { Diagram } from '../../../lang/traffic/diagram.ts';
import type { TrafficSet } from '../../../lang/traffic/traffic-set.ts';

/** A rule between two ends that it matches, or perhaps matches. */
export interface MatchedRule<T> {
  readonly traffic: TrafficSet;
  readonly isSure: boolean;
  /** What it decides; undefined for a rule that passes. */
  readonly decides: T | undefined;
}

/** Rules that are asked together: those of a tier, or of a profile. */
export interface Stage<T> {
  readonly rules: readonly MatchedRule<T>[];
  /** What comes at its end when no rule decides; undefined: the next stage. */
  readonly end?: { readonly outcome: T; readonly isSure: boolean };
}

/**
 * The combined effect of consecutive rules on a packet. `voices` are their decisions; undefined stands for what follows when a rule passes. If all
 * decisions agree, and for an open stretch also with what follows it, the first one is the outcome; otherwise the outcome is unknown. An open
 * stretch without decisions has no effect.
 */
interface Stretch<T> {
  readonly voices: readonly (T | undefined)[];
  readonly isOpen: boolean;
}

/** How outcomes are compared, and the one of what is not known. */
export interface OutcomeTerms<T> {
  readonly space: DiagramSpace<T>;
  readonly decisionOf: (outcome: T) => string;
  readonly unknown: T;
}

/**
 * Finds what lists of rules decide, the first that matches a packet first. Neighbours are put together by halves, so that a list of ten thousand
 * takes hardly more steps for each rule than one of ten.
 */
export class FirstMatch<T> {
  private readonly terms: OutcomeTerms<T>;
  private readonly space = new DiagramSpace<Stretch<T>>();
  private readonly stretches = new Map<string, Stretch<T>>();
  private readonly joins = new Map<string, Diagram<Stretch<T>>>();
  private readonly ends = new Map<string, Diagram<T>>();
  private readonly silent: Diagram<Stretch<T>>;

  constructor(terms: OutcomeTerms<T>) {
    this.terms = terms;
    this.silent = this.space.leaf(this.stretch([], true));
  }

  /** The outcome of stages, one after the other: a rule that passes leads to the next; after the last comes `rest`. */
  decideAll(stages: readonly Stage<T>[], rest: Diagram<T>): Diagram<T> {
    return stages.reduceRight((passed, { rules, end }) => {
      if (end === undefined) return this.decide(rules, passed, passed);
      const last = this.terms.space.leaf(end.outcome);
      return this.decide(rules, passed, end.isSure ? last : this.unlessKnown(last, passed));
    }, rest);
  }

  /** The outcome of rules: `passed` where one passes, `unmatched` where none decides. */
  private decide(rules: readonly MatchedRule<T>[], passed: Diagram<T>, unmatched: Diagram<T>): Diagram<T> {
    if (rules.length === 0) return unmatched;
    let all = this.join(rules, 0, rules.length);
    if (rules.some(({ decides }) => decides === undefined)) {
      all = combine(this.space, all, passed, ({ voices, isOpen }, outcome) =>
        this.stretch(this.agreed(voices.map((voice) => voice ?? outcome)), isOpen),
      );
    }
    return combine(this.terms.space, all, unmatched, (stretch, outcome) => this.outcome(stretch, outcome), this.ends);
  }

  /** What is decided where it is not known which of two holds. */
  private unlessKnown(a: Diagram<T>, b: Diagram<T>): Diagram<T> {
    const { space, decisionOf, unknown } = this.terms;
    return combine(space, a, b, (one, other) => (decisionOf(one) === decisionOf(other) ? one : unknown));
  }

  private join(rules: readonly MatchedRule<T>[], from: number, to: number): Diagram<Stretch<T>> {
    const only = rules[from];
    if (to - from === 1 && only !== undefined) return this.single(only);
    const middle = (from + to) >>> 1;
    const [before, after] = [this.join(rules, from, middle), this.join(rules, middle, to)];
    return combine(this.space, before, after, (a, b) => this.joined(a, b), this.joins);
  }

  private single({ traffic, isSure, decides }: MatchedRule<T>): Diagram<Stretch<T>> {
    const said = this.stretch([decides], !isSure);
    return combine(this.space, traffic, this.silent, (isMatched, silent) => (isMatched ? said : silent));
  }

  private joined(a: Stretch<T>, b: Stretch<T>): Stretch<T> {
    if (!a.isOpen) return a;
    if (a.voices.length === 0) return b;
    return this.stretch(this.agreed([...a.voices, ...b.voices]), b.isOpen);
  }

  /** The same voices without repetition; what is not known where they disagree. */
  private agreed(voices: readonly (T | undefined)[]): readonly (T | undefined)[] {
    const { decisionOf, unknown } = this.terms;
    const decided = voices.filter((voice) => voice !== undefined);
    const [first] = decided;
    if (first === undefined) return voices.slice(0, 1);
    if (decided.some((voice) => decisionOf(voice) !== decisionOf(first))) return [unknown];
    if (decided.length === voices.length) return [first];
    return voices[0] === undefined ? [undefined, first] : [first, undefined];
  }

  private outcome({ voices, isOpen }: Stretch<T>, unmatched: T): T {
    const [first] = voices;
    if (first === undefined) return unmatched;
    const { decisionOf, unknown } = this.terms;
    return isOpen && decisionOf(first) !== decisionOf(unmatched) ? unknown : first;
  }

  /** Equal stretches are the same object. */
  private stretch(voices: readonly (T | undefined)[], isOpen: boolean): Stretch<T> {
    const { space, unknown } = this.terms;
    // Whatever comes after, what is not known stays so.
    const stays = voices[0] === unknown;
    const key = `${isOpen && !stays ? '?' : '!'}${voices.map((v) => (v === undefined ? 'p' : space.leaf(v).id)).join()}`;
    let known = this.stretches.get(key);
    if (known === undefined) this.stretches.set(key, (known = { voices, isOpen: isOpen && !stays }));
    return known;
  }
}
