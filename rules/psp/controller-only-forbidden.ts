import { defineRule, type PodSource } from '../../src/lint/rule.ts';

/**
 * A pod that is refused when its controller creates it, but admitted when the user who applies the manifests creates it, or the reverse: the
 * permissions of a user are not those of a controller. Mirrors plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineRule({
  id: 'psp/controller-only-forbidden',
  summary: 'Admission of a pod does not depend on whether a user or a controller creates it',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  restsOn: ['placement', 'creator', 'policies'],
  scope: 'pod',
  needs: ['psp', 'cluster'],
  messages: {
    controller:
      '{pod} will be refused, although `{person}` could create the same pod directly under PodSecurityPolicy `{policy}`: controllers do not act with the permissions of the user who applied the manifest',
    person:
      '{pod} will be refused when `{person}` creates it, although `{controller}` could create the same pod for a workload under PodSecurityPolicy `{policy}`',
  },
  when: ({ facts: { psp } }) => psp.state.value === 'on',
  *find(pod, { facts: { psp, cluster } }) {
    const { creator: person } = cluster.cluster.settings;
    if (person === undefined) return;
    const { decision } = psp.judge(pod);
    if (decision !== 'forbidden' && decision !== 'unusable') return;
    const at = pod.owner;
    if (pod.creator.kind === 'controller') {
      const { chosen } = psp.judgeAs(pod, person);
      if (chosen !== undefined) yield { is: 'controller', at, pod, person, chosen };
    } else if (pod.creator.kind === 'person') {
      const controller = cluster.accountUser('kube-system', 'replicaset-controller');
      const { chosen } = psp.judgeAs(pod, controller);
      if (chosen !== undefined) yield { is: 'person', at, pod, person, controller, chosen };
    }
  },
  say: {
    controller: ({ pod, person, chosen }, { facts: { psp } }) => ({
      pod: psp.describe(pod),
      person: person.name,
      policy: chosen.name,
      hint: grant(pod, chosen.name),
    }),
    person: ({ pod, person, controller, chosen }, { facts: { psp } }) => ({
      pod: psp.describe(pod),
      person: person.name,
      controller: controller.name,
      policy: chosen.name,
      hint: grant(pod, chosen.name),
    }),
  },
});

function grant({ accountName }: PodSource, policy: string): string {
  return `grant the ServiceAccount \`${accountName}\` the \`use\` of PodSecurityPolicy \`${policy}\``;
}
