import type { Bounded } from '../../../lang/budget.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { listed } from '../../../lang/listed.ts';
import { type CloseOrder, closeOrders } from '../../../engines/net/analyses/close-orders.ts';
import {
  type NameConflict,
  type NameFlip,
  type NameOrder,
  nameOrder,
} from '../../../engines/net/analyses/name-order.ts';
import { isUnconditional } from '../../../engines/net/criteria/criteria.ts';
import type { Policy, Rule } from '../../../engines/net/form/normal-form.ts';
import type { Endpoint } from '../../../engines/net/form/owner.ts';
import { objectTitle, ruleTitle } from '../../../engines/net/words/policy-words.ts';
import type { Earlier } from '../../../engines/net/analyses/rule-reach.ts';
import type { Reason } from '../../../engines/verdict.ts';
import { describeAll, reasonsOf } from '../../words/earlier-words.ts';
import {
  type DeadRule,
  deadRules,
  type InvertedPair,
  invertedPairs,
  isDeniedBefore,
  type ShadowedPolicy,
  shadowedPolicies,
} from '../../../engines/net/analyses/dead-rules.ts';
import { type VoidAllow, voidAllows } from '../../../engines/net/analyses/ineffective-allows.ts';
import { tierEnds, type TierEnds } from '../../../engines/net/analyses/tier-ends.ts';
import { neighboursOf, policiesOf } from '../../../engines/net/model/policies.ts';
import { once } from '../../../lang/once.ts';
import { endpointsWords, packetWords } from '../../words/packet-words.ts';
import type { Ground } from '../../finding/ground.ts';
import type { FactContext } from '../fact-context.ts';
import { policyNetworkOf } from '../../../engines/net/model/network-of.ts';

/** Questions about the order in which policies and their rules are evaluated. */
export interface OrderFacts extends TierEnds {
  /** The rules of a policy in force that decide nothing at all. */
  deadIn(policy: Policy): readonly DeadRule[];
  /** The rules of a policy in force that decide nothing at some of their pods, and something at others. */
  eclipsedIn(policy: Policy): readonly DeadRule[];
  /** What a policy in force comes to if all of its rules are dead. */
  shadowOf(policy: Policy): ShadowedPolicy | undefined;
  readonly inverted: readonly InvertedPair[];
  /** The directions in which a policy of Allow rules changes nothing, since everything else is allowed as well. */
  voidAllows(policy: Policy): readonly VoidAllow[];
  /** Whether a dead rule allows what other policies deny before it. */
  isDeniedBefore(dead: Pick<DeadRule, 'policy' | 'rule' | 'by'>): boolean;
  /** Policies between which only their names decide, and flows that a rename would turn. */
  readonly conflicts: readonly NameConflict[];
  readonly flips: readonly NameFlip[];
  /** The limits at which the search for dead rules, or for policies that only names put in order, stopped. */
  readonly gaveUp: { readonly dead: readonly string[]; readonly names: readonly string[] };
  /** Pairs of policies that contest flows, and whose orders differ by less than a gap. */
  close(gap: number): Bounded<readonly CloseOrder[]>;
  /** The policies in force of the same tier that come later and select one of the same pods, for a direction that both govern. */
  followers(policy: Policy): readonly Policy[];
  /** Those of the same tier that select one of the same pods for one of the same directions, before or after. */
  neighbours(policy: Policy): readonly Policy[];
  /** `spec.egress[0] of NetworkPolicy shop/deny (tier default, order 5)`, the first few. */
  describe(by: readonly Earlier[]): string;
  /** `spec.egress[0] of NetworkPolicy shop/deny`. */
  ruleTitle(rule: Rule): string;
  /** Whether a rule matches every packet. */
  isUnconditional(rule: Rule): boolean;
  /** Policies by their kinds and names, the first few. */
  titles(policies: readonly Policy[]): string;
  reasons(by: readonly Earlier[]): readonly Reason[];
  /** The policies with the rules that decide first. */
  deciders(by: readonly Earlier[]): readonly Policy[];
  /** What a finding about a policy among others rests on: that those of a namespace are written for the same one. */
  together(policy: Policy, others: readonly Policy[]): readonly Ground[];
  /** `TCP 80 from \`shop/web (Deployment)\` to \`192.0.2.1\``. */
  flowOf(flip: NameFlip): string;
  /** Pods by their manifests, the first few. */
  pods(endpoints: readonly Endpoint[]): string;
}

/** Answers by walking sets of packets through the policies of every class of pods. */
export function orderFacts({ cluster }: FactContext): OrderFacts {
  const network = once(() => policyNetworkOf(cluster));
  const ends = once(() => tierEnds(network()));
  const names = once((): NameOrder => nameOrder(network()));
  const found = once(() => deadRules(network()));
  const dead = once(() => groupBy(found().dead, ({ policy }) => policy));
  const eclipsed = once(() => groupBy(found().eclipsed, ({ policy }) => policy));
  const shadowed = once(() => new Map(shadowedPolicies(found().dead).map((each) => [each.policy, each])));
  const inverted = once(() => [
    ...found().dead.flatMap((rule) => invertedPairs(rule, true)),
    ...found().eclipsed.flatMap((rule) => invertedPairs(rule, false)),
  ]);
  return {
    deadIn: (policy) => dead().get(policy) ?? [],
    eclipsedIn: (policy) => eclipsed().get(policy) ?? [],
    shadowOf: (policy) => shadowed().get(policy),
    get inverted() {
      return inverted();
    },
    isAlone: (...asked) => ends().isAlone(...asked),
    hasLaterTier: (...asked) => ends().hasLaterTier(...asked),
    get leftToProfiles() {
      return ends().leftToProfiles;
    },
    get tierEnds() {
      return ends().tierEnds;
    },
    isDeniedBefore,
    voidAllows: (policy) => voidAllows(network(), policy),
    ruleTitle,
    isUnconditional,
    titles: (policies) =>
      listed(
        policies.map(({ origin }) => `\`${objectTitle(origin.object)}\``),
        3,
      ),
    get conflicts() {
      return names().conflicts;
    },
    get flips() {
      return names().flips;
    },
    gaveUp: {
      get dead() {
        return found().gaveUp;
      },
      get names() {
        return names().gaveUp;
      },
    },
    close: (gap) => closeOrders(network(), gap),
    neighbours: (policy) => neighboursOf(network(), policy),
    followers: (policy) => {
      const { policies } = policiesOf(network()).tierOf(policy);
      const place = policies.indexOf(policy);
      const near = new Set(neighboursOf(network(), policy));
      return policies.slice(place + 1).filter((other) => near.has(other));
    },
    flowOf: ({ packet }) => packetWords(packet),
    pods: endpointsWords,
    describe: describeAll,
    reasons: reasonsOf,
    deciders: (by) => by.flatMap((each) => (each.kind === 'rule' ? [each.policy] : [])),
    together,
  };
}

function together(policy: Policy, others: readonly Policy[]): readonly Ground[] {
  const [object, ...manifests] = [policy, ...others].map(({ namespace, origin }) =>
    namespace === '' ? undefined : origin.object.manifest,
  );
  if (object === undefined) return [];
  return [{ on: 'written-together', object, others: manifests.filter((each) => each !== undefined) }];
}
