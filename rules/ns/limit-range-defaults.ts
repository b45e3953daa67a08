import { defineCheckRule, listed } from '../../src/lint/rule.ts';

/** What a LimitRange fills in without a word. Mirrors plugin/pkg/admission/limitranger, 1.11 to 1.37. */
export const rule = defineCheckRule({
  id: 'ns/limit-range-defaults',
  summary: 'Pods say themselves how much they take, instead of getting it from a LimitRange',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'seed:002'],
  scope: 'tree',
  needs: ['quota'],
  options: {
    named: { type: 'number', default: 5, description: 'how many workloads the message names' },
  },
  messages: {
    filled: 'LimitRange `{name}` fills requests or limits into the pods of {named}',
  },
  check(_cluster, { facts, options, report }) {
    for (const { range, pods } of facts.quota.limitDefaults) {
      const owners = [...new Set(pods.map(({ owner }) => `${owner.kind} \`${owner.name}\``))];
      report(range, 'filled', { name: range.name, named: listed(owners, options.named) });
    }
  },
});
