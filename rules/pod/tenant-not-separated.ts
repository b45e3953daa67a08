import { defineRule } from '../../src/lint/rule.ts';

/** Nodes reserved for a tenant need both halves: a taint that keeps other pods off, and a selector that keeps the tenant's pods on. */
export const rule = defineRule({
  id: 'pod/tenant-not-separated',
  summary: "A tenant's pods both select and tolerate the nodes reserved for them",
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['pod', 'scheduling'],
  scope: 'pod',
  needs: ['cluster', 'scheduling'],
  options: {
    keys: {
      type: 'strings',
      default: ['dedicated', 'tenant'],
      description: 'keys of the taints and labels of reserved nodes',
    },
  },
  messages: {
    elsewhere: '{pod} can also run on nodes of other tenants: it tolerates the taint `{key}` and selects no nodes',
    shared: 'pods of other tenants can run beside {pod}: it selects nodes by `{key}`, and Node `{node}` has no taint',
  },
  *find(pod, { facts: { scheduling }, options }) {
    if (scheduling.isSystem(pod)) return;
    const { nodeSelector = {}, affinity, nodeName = '' } = scheduling.spec(pod);
    const selected = Object.keys(nodeSelector).find((key) => options.keys.includes(key));
    if (selected !== undefined) {
      const open = scheduling.nodes.find(
        (node) =>
          node.labels.get(selected) === nodeSelector[selected] &&
          node.taints.every(({ effect }) => effect === 'PreferNoSchedule'),
      );
      if (open === undefined) return;
      const because = [{ object: open.object, path: ['metadata', 'name'], sentence: 'the node that is selected' }];
      const at = pod.placeOf(['spec', 'nodeSelector', selected]);
      yield { is: 'shared', at, because, pod, key: selected, node: open.name };
      return;
    }
    // Labels that every node has select no tenant's nodes.
    const isSelecting =
      nodeName !== '' ||
      affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution !== undefined ||
      Object.keys(nodeSelector).some((key) => !/^(?:beta\.)?kubernetes\.io\/(?:os|arch)$/.test(key));
    const found = scheduling
      .tolerations(pod)
      .find(({ key = '', effect = '' }) => options.keys.includes(key) && effect !== 'PreferNoSchedule');
    if (isSelecting || found === undefined) return;
    yield { is: 'elsewhere', at: pod.placeOf(found.path), pod, key: found.key ?? '' };
  },
  say: {
    elsewhere: ({ pod, key }, { facts: { cluster } }) => ({
      pod: cluster.describe(pod),
      key,
      hint: 'add a `nodeSelector`, or a required node affinity, for these nodes',
    }),
    shared: ({ pod, key, node }, { facts: { cluster } }) => ({
      pod: cluster.describe(pod),
      key,
      node,
      hint: "taint the node, and add a toleration of the taint to the tenant's pods",
    }),
  },
});
