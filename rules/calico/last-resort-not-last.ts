import { defineRule, listed } from '../../src/lint/rule.ts';

/** A policy whose name says that it is the last, and that others come after. Mirrors felix/calc/policy_sorter.go, v3.32. */
export const rule = defineRule({
  id: 'calico/last-resort-not-last',
  summary: 'A policy named as the last one comes last',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    followed: '`{title}` is named as the last policy, but {others} {come} after it for {pods}',
  },
  find({ object, isCalico, policy }, { facts: { net } }) {
    if (policy === undefined || !isCalico || !isCalledLast(object.name)) return [];
    // That another one with such a name comes last is fine; one of them alone does not make this one wrong.
    const others = net.order.followers(policy).filter(({ origin }) => !isCalledLast(origin.object.name));
    if (others.length === 0) return [];
    const because = others.slice(0, 5).map((other) => ({
      object: other.origin.object.manifest ?? object,
      path: [],
      sentence: `comes after it (${net.policies.place(other)})`,
    }));
    return [{ is: 'followed', at: object, because, restsOn: net.order.together(policy, others), policy, others }];
  },
  say: {
    followed: ({ policy, others }, { facts: { net } }) => {
      const theirs = new Set(others.flatMap((other) => net.policies.subjects(other).sure));
      const endpoints = net.policies.subjects(policy).sure.filter((endpoint) => theirs.has(endpoint));
      return {
        title: net.policies.title(policy),
        others: listed(
          others.map((other) => `\`${net.policies.title(other)}\``),
          3,
        ),
        come: others.length > 1 ? 'come' : 'comes',
        pods: endpoints.length === 0 ? 'some of the same pods' : net.order.pods(endpoints),
        hint: 'give every other policy a lower order; a policy without order comes after all policies that have one',
      };
    },
  },
});

/** `default-deny`, `catch-all`, `last-resort`; not what only has the namespace `default` in its name. */
function isCalledLast(name: string): boolean {
  return /(?:^|[-._])(?:last(?:[-._]?resort)?|catch[-._]?all|fall[-._]?back|final|default[-._]?(?:deny|drop|policy|rule)|(?:deny|drop)[-._]by[-._]default)(?:$|[-._])/i.test(
    name,
  );
}
