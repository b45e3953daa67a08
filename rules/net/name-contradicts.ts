import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy whose name says the opposite of what it does. */
export const rule = defineCheckRule({
  id: 'net/name-contradicts',
  summary: 'A policy does what its name says',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    allowsNothing: '{title} `{name}` allows nothing: it has no rule that does',
    allowsAll: '{title} `{name}` allows all {direction}: a rule of it matches everything',
    otherDirection: '{title} `{name}` is not about {direction}: it leaves all of it as it is',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const { object, kindTitle: title, policy, rules } of net.policies.written) {
      if (policy === undefined) continue;
      const { name } = object;
      const words = name.split(/[-._]/);
      const isDeny =
        words.includes('deny') || words.includes('denyall') || words.includes('block') || words.includes('isolate');
      const isAllow = words.includes('allow') || words.includes('permit');
      if (isDeny === isAllow) continue;
      const decides = rules.flatMap(({ compiled }) => compiled);
      if (isAllow) {
        const isMoot = decides.every(({ action }) => action !== 'allow' && action !== 'pass');
        if (isMoot) report(object, 'allowsNothing', { title, name });
        continue;
      }
      for (const direction of ['ingress', 'egress'] as const) {
        const first = policy.rules[direction][0];
        const isNamed = words.includes(direction) && !words.includes(direction === 'ingress' ? 'egress' : 'ingress');
        if (isNamed && !policy.governs[direction]) {
          const hint = `add ${direction === 'ingress' ? 'Ingress' : 'Egress'} to its types`;
          report(object, 'otherDirection', { title, name, direction }, { hint });
        } else if (policy.governs[direction] && first?.action === 'allow' && isUnlimited(first)) {
          report({ object, path: first.origin.path }, 'allowsAll', { title, name, direction });
        }
      }
    }
  },
});

/** A rule with nothing but an action matches everything. */
function isUnlimited(rule: { readonly source: object; readonly destination: object }): boolean {
  const criteria = [...Object.keys(rule.source), ...Object.keys(rule.destination), ...Object.keys(rule)];
  return criteria.every((key) => ['action', 'source', 'destination', 'origin'].includes(key));
}
