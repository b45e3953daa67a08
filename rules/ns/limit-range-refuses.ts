import { defineCheckRule } from '../../src/lint/rule.ts';

/** Pods and claims that the plugin LimitRanger refuses, or makes invalid. Mirrors plugin/pkg/admission/limitranger, 1.11 to 1.37. */
export const rule = defineCheckRule({
  id: 'ns/limit-range-refuses',
  summary: 'Pods and claims keep to the LimitRanges of their namespaces',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'seed:002'],
  scope: 'tree',
  needs: ['quota', 'psp', 'cluster'],
  messages: {
    refused: 'a LimitRange refuses {what}: {message}',
    invalid: 'the defaults of a LimitRange make {what} invalid: {message}',
  },
  check(_cluster, { facts, report }) {
    for (const { object, source, message, because, cause } of facts.quota.limitRefusals) {
      const what = source === undefined ? `${object.kind} \`${object.name}\`` : facts.psp.describe(source);
      const soft = facts.cluster.isTransformed(object) ? ({ atMost: 'info' } as const) : {};
      report(object, cause === 'broken' ? 'refused' : 'invalid', { what, message }, { because, ...soft });
    }
  },
});
