import { defineRule } from '../../src/lint/rule.ts';

const MASTER = 'node-role.kubernetes.io/master';
const KEYS = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/etcd', MASTER];

/** The last minor version of which kubeadm sets the taint with the old name on control plane nodes. */
const LAST_MASTER = 24;

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
    tolerates: '{pod} can run on control plane nodes, next to etcd and the keys of the cluster: `{key}` is tolerated',
    infrastructure: {
      level: 'info',
      text: '{pod} can run on control plane nodes, which components of the cluster may require: `{key}` is tolerated',
    },
    outdated: {
      level: 'info',
      text: '{pod} can run on nodes with the taint `{key}`, which kubeadm no longer sets',
    },
  },
  find(pod, { facts: { cluster, scheduling } }) {
    if (scheduling.isSystem(pod)) return [];
    const tolerations = scheduling.tolerations(pod).filter(({ effect }) => effect !== 'PreferNoSchedule');
    const found = KEYS.flatMap((taint) => tolerations.find(({ key }) => key === taint) ?? [])[0];
    if (found === undefined) return [];
    const { key = '', path } = found;
    const isOutdated = key === MASTER && cluster.cluster.version.value.minor > LAST_MASTER;
    const is = isOutdated ? 'outdated' : scheduling.maySupportNodes(pod) ? 'infrastructure' : 'tolerates';
    return [{ is, at: pod.placeOf(path), pod, key }];
  },
  say: {
    tolerates: ({ pod, key }, { facts: { cluster } }) => ({ pod: cluster.describe(pod), key, hint: HINT }),
    infrastructure: ({ pod, key }, { facts: { cluster } }) => ({ pod: cluster.describe(pod), key, hint: HINT }),
    outdated: ({ pod, key }, { facts: { cluster } }) => ({
      pod: cluster.describe(pod),
      key,
      hint: 'remove the toleration, unless another installer sets this taint',
    }),
  },
});

const HINT = 'remove the toleration, unless the pod is part of the control plane';
