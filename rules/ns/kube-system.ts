import { defineCheckRule } from '../../src/lint/rule.ts';

const CRITICAL = ['system-cluster-critical', 'system-node-critical'];

/** Workloads of users beside those that run the cluster. KSV-0037 of Trivy asks the same. */
export const rule = defineCheckRule({
  id: 'ns/kube-system',
  summary: 'What does not run the cluster stays out of `kube-system`',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace'],
  scope: 'tree',
  needs: ['namespaces'],
  messages: {
    placed: 'workloads run in `kube-system` without the priority of system components, {count} in all',
  },
  check(_cluster, { facts, report }) {
    const used = facts.namespaces.used.find(({ name }) => name === 'kube-system');
    const strangers = (used?.pods ?? []).filter(({ pod }) => {
      const { priorityClassName } = pod.spec as { priorityClassName?: string };
      return !CRITICAL.includes(priorityClassName ?? '');
    });
    const owners = [...new Set(strangers.map(({ owner }) => owner))];
    const [first] = owners;
    if (first === undefined) return;
    const hint =
      'move them to a namespace of their own, or give them `system-cluster-critical` if the cluster needs them';
    report(first, 'placed', { count: owners.length }, { hint });
  },
});
