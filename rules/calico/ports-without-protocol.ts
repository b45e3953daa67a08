import { calicoPolicyKinds, defineRule } from '../../src/lint/rule.ts';

/** Numbers of ports without a protocol that has ports: the policy is rejected. Mirrors libcalico-go/lib/validator/v3 validateRule, v3.32. */
export const rule = defineRule({
  id: 'calico/ports-without-protocol',
  summary: 'Rules with numeric ports set a protocol',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  kinds: calicoPolicyKinds,
  needs: ['calico'],
  messages: {
    refused: 'Calico rejects `{title}`: {message}',
    dropped: 'Felix drops `{title}`, so none of its rules has any effect: {message}',
  },
  *find(object, { facts: { calico } }) {
    const policy = calico.policy(object);
    if (policy === undefined) return;
    const { title } = policy;
    for (const { path, message } of calico.portProblems(policy)) {
      const at = { object, path, at: 'key' } as const;
      yield policy.isStored ? { is: 'dropped', at, title, message } : { is: 'refused', at, title, message };
    }
  },
  say: {
    refused: ({ title, message }) => ({ title, message, hint }),
    dropped: ({ title, message }) => ({ title, message, hint }),
  },
});

const hint = 'set `protocol` of the rule to `TCP`, `UDP` or `SCTP`';
