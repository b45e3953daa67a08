import { defineCheckRule, listed } from '../../src/lint/rule.ts';

/** Namespaces of workloads without a LimitRange. KSV-0039 of Trivy asks the same. */
export const rule = defineCheckRule({
  id: 'ns/limit-range-missing',
  summary: 'Namespaces of workloads have a LimitRange',
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
    missing: 'no LimitRange is declared for {named}',
  },
  check(_cluster, { facts, options, report }) {
    const without = facts.namespaces.used.filter(
      ({ name, declared, pods }) =>
        declared !== undefined &&
        facts.cluster.isLinted(declared) &&
        pods.length > 0 &&
        !facts.namespaces.isBuiltIn(name) &&
        !facts.namespaces.has(name, 'LimitRange'),
    );
    const first = without[0]?.declared;
    if (first === undefined) return;
    const named = without.map(({ name }) => `\`${name}\``);
    report(first, 'missing', { named: listed(named, options.named) });
  },
});
