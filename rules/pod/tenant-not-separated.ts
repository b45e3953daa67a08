import { defineCheckRule } from '../../src/lint/rule.ts';

/** Nodes that are set aside for a tenant need both halves: a taint that keeps others off, and a selector that keeps the tenant on. */
export const rule = defineCheckRule({
  id: 'pod/tenant-not-separated',
  summary: "A tenant's pods both select and tolerate the nodes set aside for them",
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
      description: 'keys of the taints and labels of nodes that are set aside for somebody',
    },
  },
  messages: {
    elsewhere: '{pod} may run on nodes of others too: the taint `{key}` is tolerated, and no nodes are selected',
    shared: '{pod} may run beside those of others: nodes are selected by `{key}`, and {node} has no taint',
  },
  check(pod, { facts: { cluster, scheduling }, options, report }) {
    if (scheduling.isSystem(pod)) return;
    const { nodeSelector = {}, affinity, nodeName = '' } = scheduling.spec(pod);
    const described = cluster.describe(pod);
    const selected = Object.keys(nodeSelector).find((key) => options.keys.includes(key));
    if (selected !== undefined) {
      const open = scheduling.nodes.find(
        (node) =>
          node.labels.get(selected) === nodeSelector[selected] &&
          node.taints.every(({ effect }) => effect === 'PreferNoSchedule'),
      );
      if (open === undefined) return;
      report(
        pod.placeOf(['spec', 'nodeSelector', selected]),
        'shared',
        { pod: described, key: selected, node: `Node \`${open.name}\`` },
        {
          because: [{ object: open.object, path: ['metadata', 'name'], sentence: 'the node that is selected' }],
          hint: 'taint the node, and let the pods of its tenant tolerate that',
        },
      );
      return;
    }
    // Labels that every node has select nobody's.
    const isSelecting =
      nodeName !== '' ||
      affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution !== undefined ||
      Object.keys(nodeSelector).some((key) => !/^(?:beta\.)?kubernetes\.io\/(?:os|arch)$/.test(key));
    const found = scheduling
      .tolerations(pod)
      .find(({ key = '', effect = '' }) => options.keys.includes(key) && effect !== 'PreferNoSchedule');
    if (isSelecting || found === undefined) return;
    report(
      pod.placeOf(found.path),
      'elsewhere',
      { pod: described, key: found.key ?? '' },
      { hint: `select the nodes too: \`nodeSelector\` or a required node affinity` },
    );
  },
});
