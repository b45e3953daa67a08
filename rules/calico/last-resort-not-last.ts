import { defineCheckRule, listed } from '../../src/lint/rule.ts';

/** `default-deny`, `catch-all`, `last-resort`; not what only has the namespace `default` in its name. */
function isCalledLast(name: string): boolean {
  return /(?:^|[-._])(?:last(?:[-._]?resort)?|catch[-._]?all|fall[-._]?back|final|default[-._]?(?:deny|drop|policy|rule)|(?:deny|drop)[-._]by[-._]default)(?:$|[-._])/i.test(
    name,
  );
}

/** A policy whose name says that it is the last, and that others come after. Mirrors felix/calc/policy_sorter.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/last-resort-not-last',
  summary: 'What is called the last policy comes last',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  needs: ['calico', 'net'],
  messages: {
    followed: '`{title}` is called the last, but {others} {come} after it for {pods}',
  },
  check(object, { facts: { calico, net }, report }) {
    const written = calico.policy(object);
    if (written === undefined || written.isStaged || !isCalledLast(written.object.name)) return;
    for (const policy of net.policies.of(object)) {
      const followers = net.order.followers(policy);
      // Another one that is called so comes last with right; one of them alone does not make this one wrong.
      const others = followers.filter(({ origin }) => !isCalledLast(origin.object.name));
      if (others.length === 0) continue;
      const shown = others.map((other) => `\`${net.policies.title(other)}\``);
      const because = others.slice(0, 5).map((other) => ({
        object: other.origin.object.manifest ?? object,
        path: [],
        sentence: `comes after it (${net.policies.place(other)})`,
      }));
      const endpoints = net.policies
        .subjects(policy)
        .sure.filter((endpoint) => others.some((other) => net.policies.subjects(other).sure.includes(endpoint)));
      report(
        object,
        'followed',
        {
          title: written.title,
          others: listed(shown, 3),
          come: others.length > 1 ? 'come' : 'comes',
          pods: endpoints.length === 0 ? 'some of the same pods' : net.order.pods(endpoints),
        },
        {
          because,
          hint: 'give every other policy a lower order than this one; a policy without order comes after all that have one',
        },
      );
    }
  },
});
