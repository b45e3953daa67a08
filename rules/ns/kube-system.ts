import { defineRule, type PodSource } from '../../src/lint/rule.ts';

const CRITICAL = ['system-cluster-critical', 'system-node-critical'];

/** User workloads among those that run the cluster. KSV-0037 of Trivy checks the same. */
export const rule = defineRule({
  id: 'ns/kube-system',
  summary: 'Only parts of the cluster itself run in `kube-system`',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace'],
  restsOn: [],
  scope: 'namespace',
  needs: ['namespaces', 'scheduling'],
  messages: {
    placed: 'workloads run in `kube-system` without a priority class for system components ({count} in total)',
  },
  find({ name }, { facts: { namespaces, scheduling } }) {
    if (name !== 'kube-system') return [];
    const isCritical = (pod: PodSource) => CRITICAL.includes(scheduling.spec(pod).priorityClassName ?? '');
    const pods = (namespaces.use(name)?.pods ?? []).filter((pod) => !isCritical(pod));
    const owners = [...new Set(pods.map(({ owner }) => owner))];
    const [first] = owners;
    return first === undefined ? [] : [{ is: 'placed', at: first, count: owners.length }];
  },
  say: {
    placed: ({ count }) => ({
      count,
      hint: 'move them to a namespace of their own, or set `priorityClassName: system-cluster-critical` if the cluster needs them',
    }),
  },
});
