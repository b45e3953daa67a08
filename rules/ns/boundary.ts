import { defineCheckRule } from '../../src/lint/rule.ts';

/** Everything in one namespace: no boundary for rights, policies and quotas. CIS 5.7.1. */
export const rule = defineCheckRule({
  id: 'ns/boundary',
  summary: 'Large trees are split into several namespaces',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'cis:5.7.1'],
  scope: 'tree',
  needs: ['namespaces'],
  options: {
    workloads: { type: 'number', default: 20, description: 'from how many workloads on one namespace is too few' },
  },
  messages: {
    single: 'all {count} workloads are in the one namespace `{namespace}`',
  },
  check(_cluster, { facts, options, report }) {
    const used = facts.namespaces.used.filter(({ pods }) => pods.length > 0);
    const [only, ...others] = used;
    if (only === undefined || others.length > 0) return;
    const owners = [...new Set(only.pods.map(({ owner }) => owner))];
    const [first] = owners;
    // What names no namespace may be applied to several.
    if (first === undefined || owners.length < options.workloads || owners.some(({ namespace }) => namespace === ''))
      return;
    const hint = 'give what has other owners or other secrets a namespace of its own';
    report(
      { object: first, path: ['metadata', 'namespace'] },
      'single',
      { count: owners.length, namespace: only.name },
      { hint },
    );
  },
});
