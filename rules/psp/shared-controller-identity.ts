import { defineCheckRule } from '../../src/lint/rule.ts';

/** Controllers that share one user, so that a policy granted to one is granted to all. Mirrors cmd/kube-controller-manager, v1.24. */
export const rule = defineCheckRule({
  id: 'psp/shared-controller-identity',
  summary: 'Each controller creates pods as itself',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'tree',
  needs: ['psp', 'cluster'],
  messages: {
    shared: '{reason}: whatever policy that user may use, the pods of every controller may',
  },
  check(_cluster, { facts, report }) {
    const credentials = facts.cluster.controllerCredentials;
    if (facts.psp.state.value !== 'on' || credentials.value || credentials.place === undefined) return;
    report(
      credentials.place,
      'shared',
      { reason: credentials.origin },
      {
        hint: 'start kube-controller-manager with --use-service-account-credentials=true',
      },
    );
  },
});
