import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * A pod that is refused when its controller makes it, and would be admitted if the person who applies the manifests made it: the rights of
 * a person are not those of a controller. Mirrors plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineCheckRule({
  id: 'psp/controller-only-forbidden',
  summary: 'A pod is judged alike whether a person or a controller makes it',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'pod',
  needs: ['psp', 'cluster'],
  messages: {
    controller:
      '{pod} will be refused, although `{person}` could make the same pod by hand under the policy `{policy}`: controllers do not act with the rights of who applied the manifest',
    person:
      '{pod} will be refused to `{person}`, although `{controller}` could make the same pod for a workload under the policy `{policy}`',
  },
  check(pod, { facts: { psp, cluster }, report }) {
    const { creator: person } = cluster.cluster.settings;
    if (psp.state.value !== 'on' || person === undefined) return;
    const { decision } = psp.judge(pod);
    if (decision !== 'forbidden' && decision !== 'unusable') return;
    if (pod.creator.kind === 'controller') {
      const { chosen } = psp.judgeAs(pod, person);
      if (chosen === undefined) return;
      report(
        pod.owner,
        'controller',
        { pod: psp.describe(pod), person: person.name, policy: chosen.name },
        {
          hint: `let the ServiceAccount \`${pod.accountName}\` use the policy \`${chosen.name}\``,
        },
      );
    } else if (pod.creator.kind === 'person') {
      const controller = cluster.accountUser('kube-system', 'replicaset-controller');
      const { chosen } = psp.judgeAs(pod, controller);
      if (chosen === undefined) return;
      report(
        pod.owner,
        'person',
        { pod: psp.describe(pod), person: person.name, controller: controller.name, policy: chosen.name },
        {
          hint: `let the ServiceAccount \`${pod.accountName}\` use the policy \`${chosen.name}\``,
        },
      );
    }
  },
});
