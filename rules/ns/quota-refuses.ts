import { defineCheckRule } from '../../src/lint/rule.ts';

/** What does not fit into the quotas of its namespace. Mirrors the plugin ResourceQuota, 1.11 to 1.37. */
export const rule = defineCheckRule({
  id: 'ns/quota-refuses',
  summary: 'What manifests ask for fits into the quotas of their namespaces',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'seed:002'],
  scope: 'tree',
  needs: ['quota', 'psp', 'cluster'],
  messages: {
    refused: 'a quota refuses {what}: {message}',
    some: 'the quotas admit {admitted} of {wanted} of {what}: {message}',
    together: 'with what comes before in the tree, the quotas admit {admitted} of {wanted} of {what}: {message}',
  },
  check(_cluster, { facts, report }) {
    for (const { object, source, wanted, admitted, alone, rejection } of facts.quota.fits) {
      if (rejection === undefined) continue;
      const { message, because } = rejection;
      const isClaim = source === undefined && object.kind === 'StatefulSet';
      const plain = isClaim ? `the claims of ${object.kind} \`${object.name}\`` : `${object.kind} \`${object.name}\``;
      const what = source === undefined ? plain : facts.psp.describe(source);
      const soft = facts.cluster.isTransformed(object) ? ({ atMost: 'info' } as const) : {};
      if (alone === 0) report(object, 'refused', { what, message }, { because, ...soft });
      else if (alone < wanted) report(object, 'some', { admitted: alone, wanted, what, message }, { because, ...soft });
      else {
        const hint = 'raise the quota, or ask for less; another order of creation only refuses something else';
        report(object, 'together', { admitted, wanted, what, message }, { because, hint, atMost: 'warning', ...soft });
      }
    }
  },
});
