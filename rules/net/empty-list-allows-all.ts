import { defineRule } from '../../src/lint/rule.ts';

/** An empty list in a rule, or an empty rule: it restricts nothing, so that everything is allowed. */
export const rule = defineRule({
  id: 'net/empty-list-allows-all',
  summary: 'No rule allows everything because of an empty list',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  scope: 'policy-rule',
  needs: [],
  messages: {
    peers: 'an empty `{key}` list allows every {peer}, not none',
    ports: 'an empty `ports` list allows every port, not none',
    rule: 'this empty rule allows all {direction}: the other {direction} rules of the policy have no effect',
    // Alone it is the documented way to allow everything.
    alone: { level: 'info', text: 'this empty rule allows all {direction}' },
  },
  *find({ policy: { object, isCalico, policy, rules }, rule: { direction, path, value } }) {
    if (isCalico || policy?.governs[direction] !== true) return;
    const key = direction === 'ingress' ? 'from' : 'to';
    if (isEmptyList(value[key])) yield { is: 'peers', at: { object, path: [...path, key], at: 'key' }, key };
    if (isEmptyList(value.ports)) yield { is: 'ports', at: { object, path: [...path, 'ports'], at: 'key' } };
    if (Object.keys(value).length > 0) return;
    const isAlone = rules.every((rule) => rule.direction !== direction || rule.path === path);
    const at = { object, path };
    yield isAlone ? { is: 'alone', at, direction } : { is: 'rule', at, direction };
  },
  say: {
    peers: ({ key }) => ({
      key,
      peer: key === 'from' ? 'source' : 'destination',
      hint: 'remove the rule to allow nothing, or list the peers',
    }),
    ports: () => ({ hint: 'remove `ports` if every port is meant, or list the ports' }),
    rule: ({ direction }) => ({ direction, hint: 'remove the empty rule, or the rules beside it' }),
    alone: ({ direction }) => ({ direction }),
  },
});

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
