import { defineCheckRule, listed } from '../../src/lint/rule.ts';

/** A tier that denies at its end what later tiers have policies for, or a last one that passes. Mirrors felix/rules/endpoints.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/tier-default-action',
  summary: 'The end of a tier leaves later tiers what is theirs',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    drops:
      'tier `{tier}` denies at its end what its policies do not match: {later} of later tiers, which {select} some of the same pods, {are} never asked there',
    passes: 'tier `{tier}` passes at its end, and no tier comes after it: what its policies do not match is allowed',
  },
  check(_cluster, { facts: { net, cluster, calico }, report }) {
    for (const end of net.order.tierEnds) {
      const { tier, later } = end;
      const made = [...cluster.ofKind('projectcalico.org', 'Tier'), ...cluster.ofKind('crd.projectcalico.org', 'Tier')];
      const object = made.find(({ name }) => name === tier.name);
      if (object === undefined || !cluster.isLinted(object) || !calico.isCalico(object)) continue;
      if (end.kind === 'passes') {
        report(
          { object, path: ['spec', 'defaultAction'] },
          'passes',
          { tier: tier.name },
          { hint: 'let the last tier deny' },
        );
        continue;
      }
      const others = listed(
        later.map((policy) => `\`${net.policies.title(policy)}\``),
        3,
      );
      const [select, are] = later.length > 1 ? ['select', 'are'] : ['selects', 'is'];
      report(
        object,
        'drops',
        { tier: tier.name, later: others, select, are },
        { hint: 'write `defaultAction: Pass`, or rules with `action: Pass` for what later tiers are to decide' },
      );
    }
  },
});
