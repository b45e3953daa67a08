import { defineRule, listed } from '../../src/lint/rule.ts';

/** Namespaces with workloads and without a LimitRange. KSV-0039 of Trivy checks the same. */
export const rule = defineRule({
  id: 'ns/limit-range-missing',
  summary: 'Namespaces with workloads have a LimitRange',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace'],
  // One finding for all namespaces together.
  scope: 'tree',
  needs: ['namespaces', 'cluster'],
  options: {
    named: { type: 'number', default: 5, description: 'how many namespaces the message names' },
  },
  messages: {
    missing: 'no manifest declares a LimitRange for {named}: a container without limits can use all memory of its node',
  },
  find(_cluster, { facts }) {
    const without = facts.namespaces.without('LimitRange');
    const because = without.map(({ declared }) => ({
      object: declared,
      path: [],
      sentence: 'has workloads and no LimitRange',
    }));
    return without.length === 0 ? [] : [{ is: 'missing', at: facts.cluster.place, because, without }];
  },
  say: {
    missing: ({ without }, { options }) => ({
      named: listed(
        without.map(({ name }) => `\`${name}\``),
        options.named,
      ),
      hint: 'add a LimitRange to each namespace',
    }),
  },
});
