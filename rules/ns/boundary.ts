import { defineRule } from '../../src/lint/rule.ts';

/** All workloads in one namespace: no boundary for permissions, policies and quotas. CIS 5.7.1. */
export const rule = defineRule({
  id: 'ns/boundary',
  summary: 'Large trees are split into several namespaces',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'cis:5.7.1'],
  // It counts the namespaces of the tree.
  scope: 'tree',
  needs: ['namespaces'],
  options: {
    workloads: { type: 'number', default: 20, description: 'minimum number of workloads in one namespace to report' },
  },
  messages: {
    single: 'all {count} workloads are in one namespace, `{namespace}`, and share its permissions, policies and quotas',
  },
  find(_cluster, { facts: { namespaces }, options }) {
    const [only, ...others] = namespaces.used.filter(({ pods }) => pods.length > 0);
    if (only === undefined || others.length > 0) return [];
    const owners = [...new Set(only.pods.map(({ owner }) => owner))];
    const [first] = owners;
    if (first === undefined || owners.length < options.workloads) return [];
    return [
      {
        is: 'single',
        at: { object: first, path: ['metadata', 'namespace'] },
        restsOn: [{ on: 'namespace-as-applied', namespace: only.name, inDoubt: 'drop' }],
        count: owners.length,
        namespace: only.name,
      },
    ];
  },
  say: {
    single: ({ count, namespace }) => ({
      count,
      namespace,
      hint: 'move workloads of other teams, or with other Secrets, to namespaces of their own',
    }),
  },
});
