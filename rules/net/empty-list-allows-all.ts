import { defineCheckRule } from '../../src/lint/rule.ts';

/** An empty list in a rule, or an empty rule: it does not narrow anything, so that everything is allowed. */
export const rule = defineCheckRule({
  id: 'net/empty-list-allows-all',
  summary: 'No rule allows everything by an empty list',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    peers: '`{key}: []` is not nobody: the rule allows {all}',
    ports: '`ports: []` is not no port: the rule allows every port',
    rule: 'an empty rule allows all {direction}{others}',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const { object, isCalico, rules, policy } of net.policies.written) {
      if (isCalico || policy === undefined) continue;
      for (const { direction, path, value } of rules) {
        if (!policy.governs[direction]) continue;
        const key = direction === 'ingress' ? 'from' : 'to';
        if (isEmptyList(value[key])) {
          const all = direction === 'ingress' ? 'every source' : 'every destination';
          report(
            { object, path: [...path, key], at: 'key' },
            'peers',
            { key, all },
            { hint: 'to allow nobody, leave the rule out' },
          );
        }
        if (isEmptyList(value.ports)) report({ object, path: [...path, 'ports'], at: 'key' }, 'ports', {});
        if (Object.keys(value).length > 0) continue;
        const count = rules.filter((rule) => rule.direction === direction).length - 1;
        const others = count === 0 ? '' : ': the other rules of the policy have no effect';
        // Alone it is the documented way to allow everything.
        report({ object, path }, 'rule', { direction, others }, count === 0 ? { atMost: 'info' } : {});
      }
    }
  },
});

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
