import type { Budget } from '../../../lang/budget.ts';
import type { BitSet } from '../../../lang/bit-set.ts';
import type { EndpointClass } from '../sets/endpoint-class.ts';
import type { StandingRule } from '../sets/standing-rules.ts';
import type { SetWalker } from '../sets/set-walk.ts';

/** How many other ends are asked whether two rules match the same packets with them. */
const manyEnds = 50;

/** The other ends for which rules of two policies take different action on some packet; undefined for none. */
export function contestedEnds(
  walker: SetWalker,
  each: EndpointClass,
  rules: readonly StandingRule[],
  others: readonly StandingRule[],
  budget: Budget,
): BitSet | undefined {
  let among: BitSet | undefined;
  for (const one of rules) {
    const { possible } = walker.line(one, each.direction);
    for (const other of others) {
      if (one.rule.action === other.rule.action) continue;
      const common = possible.intersection(walker.line(other, each.direction).possible);
      if (common.isEmpty() || !overlap(walker, each, one, other, common, budget)) continue;
      among = among === undefined ? common : among.union(common);
    }
  }
  return among;
}

function overlap(
  walker: SetWalker,
  each: EndpointClass,
  a: StandingRule,
  b: StandingRule,
  peers: BitSet,
  budget: Budget,
): boolean {
  const { algebra } = walker;
  let asked = 0;
  for (const peer of peers) {
    const [ofA, ofB] = [walker.matched(each, a, peer), walker.matched(each, b, peer)];
    if (ofA !== undefined && ofB !== undefined) {
      if (algebra.intersection(ofA.traffic, ofB.traffic) !== algebra.nothing) return true;
    }
    if (++asked >= manyEnds) {
      budget.giveUp(`more than ${manyEnds} peers of two rules that may match the same packets`);
      return false;
    }
  }
  return false;
}
