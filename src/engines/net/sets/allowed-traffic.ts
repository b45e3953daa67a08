import { choose, combine } from '../../../lang/traffic/combine.ts';
import { DiagramSpace } from '../../../lang/traffic/diagram.ts';
import type { Diagram } from '../../../lang/traffic/diagram.ts';
import type { TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import { FirstMatch } from './first-match.ts';
import type { MatchedRule, Stage as FullStage } from './first-match.ts';
import type { Direction } from '../form/normal-form.ts';
import { encapsulatedTraffic } from './rule-traffic.ts';

type Decision = 'allow' | 'deny' | 'unknown';

/** A tier or profile without its rules. */
export type Stage = Omit<FullStage<Decision>, 'rules'>;

/** A rule that matches two ends, and those before it. */
export interface Matched {
  readonly before: Matched | undefined;
  readonly rule: MatchedRule<Decision>;
  /** The number of its stage. */
  readonly stage: number;
}

/** Packets that are allowed, and those that are or may be. */
export interface Allowed {
  readonly traffic: TrafficSet;
  readonly possible: TrafficSet;
}

/** Rules with more neighbours than this are not looked for among those that were decided before. */
const mostRemembered = 100;

/** What rules allow, by whichever of them; the same question is answered once. */
export class AllowedTraffic {
  private readonly algebra: TrafficAlgebra;
  private readonly space = new DiagramSpace<Decision>();
  private readonly firstMatch: FirstMatch<Decision>;
  private readonly answers = new Map<string, Allowed>();
  private readonly sums = new Map<string, Allowed>();
  private readonly encapsulated: TrafficSet;

  constructor(algebra: TrafficAlgebra) {
    this.algebra = algebra;
    this.encapsulated = encapsulatedTraffic(algebra);
    this.firstMatch = new FirstMatch({ space: this.space, decisionOf: (decision) => decision, unknown: 'unknown' });
  }

  /** What a pod may send or get, whose rules match as said. */
  of(stages: readonly Stage[], matched: Matched | undefined, direction: Direction): Allowed {
    const rules = stages.map((): MatchedRule<Decision>[] => []);
    let key: string = direction;
    let count = 0;
    for (let at = matched; at !== undefined; at = at.before) {
      const { rule, stage } = at;
      rules[stage]?.push(rule);
      if (count++ < mostRemembered)
        key += ` ${stage}${rule.isSure ? '' : '?'}${rule.decides ?? 'pass'}${rule.traffic.id}`;
    }
    for (const { end } of stages) key += end === undefined ? '.' : end.isSure ? '!' : '?';
    const known = count <= mostRemembered ? this.answers.get(key) : undefined;
    if (known !== undefined) return known;
    const full = stages.map((stage, number) => ({ ...stage, rules: rules[number]?.reverse() ?? [] }));
    const answer = this.sum(this.firstMatch.decideAll(full, this.space.leaf('deny')), direction);
    if (count <= mostRemembered) this.answers.set(key, answer);
    return answer;
  }

  private sum(outcome: Diagram<Decision>, direction: Direction): Allowed {
    const key = `${direction} ${outcome.id}`;
    const known = this.sums.get(key);
    if (known !== undefined) return known;
    const left =
      direction === 'egress' ? choose(this.space, this.encapsulated, this.space.leaf('deny'), outcome) : outcome;
    const { everything, space } = this.algebra;
    const where = (isWanted: (decision: Decision) => boolean): TrafficSet =>
      combine(space, left, everything, (decision) => isWanted(decision));
    const sum = {
      traffic: where((decision) => decision === 'allow'),
      possible: where((decision) => decision !== 'deny'),
    };
    this.sums.set(key, sum);
    return sum;
  }
}
