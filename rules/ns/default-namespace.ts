import { defineCheckRule } from '../../src/lint/rule.ts';

/** Workloads in the namespace that everything lands in by mistake. CIS 5.7.4. */
export const rule = defineCheckRule({
  id: 'ns/default-namespace',
  summary: 'Workloads have namespaces of their own, not `default`',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'cis:5.7.4'],
  scope: 'tree',
  needs: ['namespaces'],
  messages: {
    placed: 'workloads are put into the namespace `default`, {count} in all',
    unsaid: 'workloads name no namespace, while others of the tree do: they land in `default`, {count} in all',
  },
  check(_cluster, { facts, report }) {
    const used = facts.namespaces.used.find(({ name }) => name === 'default');
    const owners = [...new Set((used?.pods ?? []).map(({ owner }) => owner))];
    const placed = owners.filter(({ namespace }) => namespace === 'default');
    const unsaid = owners.filter(({ namespace }) => namespace === '');
    const [first] = placed;
    const hint = 'give them a namespace of their own';
    if (first !== undefined)
      report({ object: first, path: ['metadata', 'namespace'] }, 'placed', { count: placed.length }, { hint });
    // A tree without any namespace is applied with one, by `kubectl -n` or a template.
    const others = facts.namespaces.used.some(({ pods }) => pods.some(({ owner }) => owner.namespace !== ''));
    const [silent] = unsaid;
    if (silent !== undefined && others) report(silent, 'unsaid', { count: unsaid.length }, { hint });
  },
});
