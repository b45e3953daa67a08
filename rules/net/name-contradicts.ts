import { defineRule } from '../../src/lint/rule.ts';

/** A policy whose name says the opposite of what it does. */
export const rule = defineRule({
  id: 'net/name-contradicts',
  summary: 'A policy does what its name says',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'network-policy',
  needs: [],
  messages: {
    allowsNothing: '{title} `{name}` allows no traffic, despite its name: it has no rule that allows any',
    allowsAll: '{title} `{name}` allows all {direction}, despite its name: its first rule matches everything',
    otherDirection: '{title} `{name}` denies no {direction}, despite its name: it does not apply to {direction}',
  },
  *find({ object, kindTitle: title, policy, rules, isCalico }) {
    if (policy === undefined) return;
    const { name } = object;
    const words = name.split(/[-._]/);
    const isDeny = ['deny', 'denyall', 'block', 'isolate'].some((word) => words.includes(word));
    const isAllow = words.includes('allow') || words.includes('permit');
    if (isDeny === isAllow) return;
    if (isAllow) {
      const decides = rules.flatMap(({ compiled }) => compiled);
      if (decides.every(({ action }) => action !== 'allow' && action !== 'pass'))
        yield { is: 'allowsNothing', at: object, title, name };
      return;
    }
    for (const direction of ['ingress', 'egress'] as const) {
      const [first] = policy.rules[direction];
      const isNamed = words.includes(direction) && !words.includes(direction === 'ingress' ? 'egress' : 'ingress');
      if (isNamed && !policy.governs[direction])
        yield { is: 'otherDirection', at: object, title, name, direction, isCalico };
      else if (policy.governs[direction] && first?.action === 'allow' && isUnlimited(first))
        yield { is: 'allowsAll', at: { object, path: first.origin.path }, title, name, direction };
    }
  },
  say: {
    allowsNothing: ({ title, name }) => ({ title, name, hint: 'rename the policy, or add the missing rule' }),
    allowsAll: ({ title, name, direction }) => ({
      title,
      name,
      direction,
      hint: 'rename the policy, or remove the rule',
    }),
    otherDirection: ({ title, name, direction, isCalico }) => ({
      title,
      name,
      direction,
      hint: `add \`${direction === 'ingress' ? 'Ingress' : 'Egress'}\` to \`${isCalico ? 'types' : 'policyTypes'}\``,
    }),
  },
});

/** A rule with nothing but an action matches everything. */
function isUnlimited(rule: { readonly source: object; readonly destination: object }): boolean {
  const criteria = [...Object.keys(rule.source), ...Object.keys(rule.destination), ...Object.keys(rule)];
  return criteria.every((key) => ['action', 'source', 'destination', 'origin'].includes(key));
}
