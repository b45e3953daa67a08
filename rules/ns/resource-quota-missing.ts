import { defineCheckRule, listed } from '../../src/lint/rule.ts';

/** Namespaces of workloads without a ResourceQuota. KSV-0040 of Trivy asks the same. */
export const rule = defineCheckRule({
  id: 'ns/resource-quota-missing',
  summary: 'Namespaces of workloads have a ResourceQuota',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace'],
  scope: 'tree',
  needs: ['namespaces', 'cluster'],
  options: {
    named: { type: 'number', default: 5, description: 'how many namespaces the message names' },
  },
  messages: {
    missing: 'no ResourceQuota is declared for {named}',
  },
  check(_cluster, { facts, options, report }) {
    const without = facts.namespaces.used.filter(
      ({ name, declared, pods }) =>
        declared !== undefined &&
        facts.cluster.isLinted(declared) &&
        pods.length > 0 &&
        !facts.namespaces.isBuiltIn(name) &&
        !facts.namespaces.has(name, 'ResourceQuota'),
    );
    const first = without[0]?.declared;
    if (first === undefined) return;
    const named = without.map(({ name }) => `\`${name}\``);
    report(first, 'missing', { named: listed(named, options.named) });
  },
});
