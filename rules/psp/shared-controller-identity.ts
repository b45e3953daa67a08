import { defineRule } from '../../src/lint/rule.ts';

/** Controllers that share one user, so that a policy granted to one is granted to all. Mirrors cmd/kube-controller-manager, v1.24. */
export const rule = defineRule({
  id: 'psp/shared-controller-identity',
  summary: 'Each controller creates pods with its own service account',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  // What the manifests of all control plane nodes come to.
  scope: 'tree',
  needs: ['psp', 'cluster'],
  messages: {
    shared:
      '{reason}: all controllers act as `system:kube-controller-manager`, so their pods may use any policy that this user may use',
  },
  find(_cluster, { facts: { psp, cluster } }) {
    const { value, place, origin } = cluster.controllerCredentials;
    return psp.state.value !== 'on' || value || place === undefined ? [] : [{ is: 'shared', at: place, origin }];
  },
  say: {
    shared: ({ origin }) => ({
      reason: origin,
      hint: 'start kube-controller-manager with --use-service-account-credentials=true',
    }),
  },
});
