import { defineCheckRule } from '../../src/lint/rule.ts';

/** Numbers of ports without a protocol that has ports: the policy is refused. Mirrors libcalico-go/lib/validator/v3 validateRule, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/ports-without-protocol',
  summary: 'Rules that name ports name their protocol',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  needs: ['calico'],
  messages: {
    refused: 'Calico refuses `{title}`: {message}',
    dropped: 'felix drops `{title}`, which takes effect nowhere: {message}',
  },
  check(object, { facts: { calico }, report }) {
    const policy = calico.policy(object);
    if (policy === undefined) return;
    for (const { path, message } of calico.portProblems(policy)) {
      report(
        { object, path, at: 'key' },
        policy.isStored ? 'dropped' : 'refused',
        { title: policy.title, message },
        { hint: 'write `protocol: TCP`, `UDP` or `SCTP` beside `action`' },
      );
    }
  },
});
