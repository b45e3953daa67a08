import { calicoKinds, defineRule } from '../../src/lint/rule.ts';

/** A tier that denies at its end what later tiers have policies for, or a last one that passes. Mirrors felix/rules/endpoints.go, v3.32. */
export const rule = defineRule({
  id: 'calico/tier-default-action',
  summary: 'The default action of a tier suits the later tiers',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'object',
  kinds: calicoKinds('Tier'),
  needs: ['net'],
  messages: {
    drops:
      'tier `{tier}` ends with its default Deny, so {later} in later tiers {are} never evaluated for the pods that both select',
    passes:
      'tier `{tier}` ends with `defaultAction: Pass`, and no later tier has policies: traffic that its policies do not match is allowed',
  },
  *find(object, { facts: { net } }) {
    const end = net.order.tierEnds.find(({ tier }) => tier.name === object.name);
    if (end?.kind === 'drops') yield { is: 'drops', at: object, tier: end.tier.name, later: end.later };
    if (end?.kind === 'passes')
      yield { is: 'passes', at: { object, path: ['spec', 'defaultAction'] }, tier: end.tier.name };
  },
  say: {
    drops: ({ tier, later }, { facts: { net } }) => ({
      tier,
      later: net.order.titles(later),
      are: later.length > 1 ? 'are' : 'is',
      hint: 'set `defaultAction: Pass`, or add rules with `action: Pass` for the traffic that later tiers are to decide',
    }),
    passes: ({ tier }) => ({ tier, hint: 'set `defaultAction: Deny` for the last tier' }),
  },
});
