import { defineRule } from '../../src/lint/rule.ts';

const KEYS = [
  'node-role.kubernetes.io/control-plane',
  'node-role.kubernetes.io/master',
  'node-role.kubernetes.io/etcd',
];

/** A toleration of the taint that keeps workloads off control plane nodes. */
export const rule = defineRule({
  id: 'pod/control-plane-toleration',
  summary: 'Workloads stay off control plane nodes',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['pod', 'scheduling'],
  scope: 'pod',
  needs: ['cluster', 'scheduling'],
  messages: {
    tolerates: '{pod} may run on control plane nodes, beside etcd and the keys of the cluster: `{key}` is tolerated',
  },
  check(pod, { facts: { cluster, scheduling }, report }) {
    if (scheduling.isSystem(pod)) return;
    const found = scheduling
      .tolerations(pod)
      .find(({ key = '', effect = '' }) => KEYS.includes(key) && effect !== 'PreferNoSchedule');
    if (found === undefined) return;
    report(
      pod.placeOf(found.path),
      'tolerates',
      { pod: cluster.describe(pod), key: found.key ?? '' },
      {
        hint: 'drop the toleration, unless the pod is part of the control plane',
        // By custom parts of the cluster live in `…-system`.
        ...(scheduling.spec(pod).hostNetwork === true || pod.namespace.endsWith('-system') ? { atMost: 'info' } : {}),
      },
    );
  },
});
