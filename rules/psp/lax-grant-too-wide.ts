import { defineRule } from '../../src/lint/rule.ts';

/**
 * A policy that gives full control of the node, granted to a group that contains every user or every service account. Groups as the
 * authenticator assigns them, v1.24.
 */
export const rule = defineRule({
  id: 'psp/lax-grant-too-wide',
  summary: 'PodSecurityPolicies that give full control of the node are not granted to all users or service accounts',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'rbac'],
  scope: 'policy',
  needs: ['psp'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system'],
      description: 'namespaces where the grant is accepted, because only administrators create pods there',
    },
  },
  messages: {
    wide: 'PodSecurityPolicy `{policy}` allows {ways}, and the group `{group}` may use it {where}, so every pod there can be admitted under it',
  },
  *find(policy, { facts: { psp }, options }) {
    for (const takeover of psp.nodeTakeovers(policy)) {
      const { at, because, manifests, subject, namespace } = takeover;
      if (subject.kind !== 'Group' || !EVERYBODY.includes(subject.name)) continue;
      if (options.ignoreNamespaces.includes(namespace)) continue;
      const restsOn = manifests.map((object) => ({ on: 'field', object }) as const);
      yield { is: 'wide', at, because, restsOn, takeover };
    }
  },
  say: {
    wide: ({ takeover }, { facts: { psp } }) => ({
      ...psp.wordsOf(takeover),
      group: takeover.subject.name,
      hint: 'grant the policy only to the service accounts that need it',
    }),
  },
});

const EVERYBODY = ['system:authenticated', 'system:unauthenticated', 'system:serviceaccounts'];
