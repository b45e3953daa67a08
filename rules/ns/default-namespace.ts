import { defineRule } from '../../src/lint/rule.ts';

/** Workloads in the namespace for objects that set none. CIS 5.7.4. */
export const rule = defineRule({
  id: 'ns/default-namespace',
  summary: 'Workloads have namespaces of their own, not `default`',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'cis:5.7.4'],
  // Whether a missing namespace is a mistake shows in the other namespaces of the tree.
  scope: 'tree',
  needs: ['namespaces'],
  messages: {
    placed: 'workloads run in the namespace `default` ({count} in total)',
    unsaid: 'workloads set no namespace, unlike others in these manifests: they run in `default` ({count} in total)',
  },
  *find(_cluster, { facts: { namespaces } }) {
    const owners = [...new Set((namespaces.use('default')?.pods ?? []).map(({ owner }) => owner))];
    const placed = owners.filter(({ namespace }) => namespace === 'default');
    const unsaid = owners.filter(({ namespace }) => namespace === '');
    const [first] = placed;
    if (first !== undefined)
      yield { is: 'placed', at: { object: first, path: ['metadata', 'namespace'] }, count: placed.length };
    // A tree without any namespace is applied with one, by `kubectl -n` or a template.
    const isSet = namespaces.used.some(({ pods }) => pods.some(({ owner }) => owner.namespace !== ''));
    const [silent] = unsaid;
    if (silent !== undefined && isSet) yield { is: 'unsaid', at: silent, count: unsaid.length };
  },
  say: {
    placed: ({ count }) => ({ count, hint: 'create a namespace for them' }),
    unsaid: ({ count }) => ({ count, hint: 'set `metadata.namespace`' }),
  },
});
