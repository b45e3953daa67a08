import { defineRule, listed } from '../../src/lint/rule.ts';

/** Namespaces with workloads and without a ResourceQuota. KSV-0040 of Trivy checks the same. */
export const rule = defineRule({
  id: 'ns/resource-quota-missing',
  summary: 'Namespaces with workloads have a ResourceQuota',
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
    missing: 'no manifest declares a ResourceQuota for {named}: one namespace can use all resources of the nodes',
  },
  find(_cluster, { facts }) {
    const without = facts.namespaces.without('ResourceQuota');
    const because = without.map(({ declared }) => ({
      object: declared,
      path: [],
      sentence: 'has workloads and no ResourceQuota',
    }));
    return without.length === 0 ? [] : [{ is: 'missing', at: facts.cluster.place, because, without }];
  },
  say: {
    missing: ({ without }, { options }) => ({
      named: listed(
        without.map(({ name }) => `\`${name}\``),
        options.named,
      ),
      hint: 'add a ResourceQuota to each namespace',
    }),
  },
});
