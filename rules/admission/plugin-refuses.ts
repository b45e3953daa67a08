import { defineRule } from '../../src/lint/rule.ts';

/** A pod that an admission plugin without a rule of its own refuses, in the server's words. Asks the one run of the pod through the plugins. */
export const rule = defineRule({
  id: 'admission/plugin-refuses',
  summary: 'Every pod passes the admission plugins of the cluster',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['admission', 'pod'],
  restsOn: ['placement', 'admission'],
  scope: 'pod',
  needs: ['cluster', 'admissionPolicies'],
  messages: {
    refused: '{plugin} refuses {pod}: {message}',
  },
  *find(pod, { facts: { admissionPolicies } }) {
    for (const { plugin, message, because } of admissionPolicies.otherRefusalsOf(pod))
      yield { is: 'refused', at: pod.owner, because, pod, plugin, message };
  },
  say: {
    refused: ({ pod, plugin, message }, { facts: { cluster } }) => ({
      plugin,
      pod: cluster.describe(pod),
      message,
      hint: 'change the pod, or what the plugin compares it with; until then, the pod is not created',
    }),
  },
});
