import { defineCheckRule } from '../../src/lint/rule.ts';

const MASTER = 'node-role.kubernetes.io/master';
const KEYS = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/etcd', MASTER];

/** The last minor of which kubeadm gives control plane nodes the taint of their old name. */
const LAST_MASTER = 24;

/** A toleration of the taint that keeps workloads off control plane nodes. */
export const rule = defineCheckRule({
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
    const tolerations = scheduling.tolerations(pod).filter(({ effect }) => effect !== 'PreferNoSchedule');
    const found = KEYS.flatMap((taint) => tolerations.find(({ key }) => key === taint) ?? [])[0];
    if (found === undefined) return;
    const isBygone = found.key === MASTER && cluster.cluster.version.value.minor > LAST_MASTER;
    report(
      pod.placeOf(found.path),
      'tolerates',
      { pod: cluster.describe(pod), key: found.key ?? '' },
      {
        hint: isBygone
          ? 'drop the toleration: kubeadm gives nodes this taint no more, and others may'
          : 'drop the toleration, unless the pod is part of the control plane',
        // By custom parts of the cluster live in `…-system`.
        ...(isBygone || scheduling.spec(pod).hostNetwork === true || /(?:^|-)system$/.test(pod.namespace)
          ? { atMost: 'info' }
          : {}),
      },
    );
  },
});
