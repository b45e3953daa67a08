import { calicoPolicyKinds, defineRule, listed } from '../../src/lint/rule.ts';

/** A rule whose only peers are network sets without members in the manifests. */
export const rule = defineRule({
  id: 'calico/network-set-empty',
  summary: 'Rules refer to network sets that have members',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'object',
  kinds: calicoPolicyKinds,
  needs: ['net', 'calico'],
  messages: {
    empty: '`{title}` matches only members of {sets}, and these manifests list none: what the rule matches is unknown',
  },
  // By object, so that staged policies are looked at too.
  *find(object, { facts: { net, calico } }) {
    if (calico.policy(object) === undefined) return;
    for (const { rules } of net.policies.of(object)) {
      for (const direction of ['ingress', 'egress'] as const) {
        const side = direction === 'ingress' ? 'source' : 'destination';
        for (const rule of rules[direction]) {
          const { selector } = rule[side];
          if (selector === undefined) continue;
          const { sure, possible } = net.selections.matched(selector);
          const isEmpty = sure.every(({ kind, nets }) => kind === 'set' && nets.length === 0);
          if (sure.length === 0 || possible.length > 0 || !isEmpty) continue;
          const sets = sure.map((set) => set.object);
          const because = sets.flatMap(({ manifest }) =>
            manifest === undefined ? [] : [{ object: manifest, path: ['spec'], sentence: 'has no members' }],
          );
          yield { is: 'empty', at: { object, path: [...rule.origin.path, side] }, because, rule, sets };
        }
      }
    }
  },
  say: {
    empty: ({ rule, sets }, { facts: { net } }) => ({
      title: net.order.ruleTitle(rule),
      sets: listed(
        sets.map(({ kind, name }) => `\`${kind} ${name}\``),
        3,
      ),
      hint: 'add the members to `spec.nets` of the set',
    }),
  },
});
