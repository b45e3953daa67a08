import { defineRule } from '../../src/lint/rule.ts';

/** The admission plugin without any policy: it refuses every pod. Mirrors plugin/pkg/admission/security/podsecuritypolicy, v1.24. */
export const rule = defineRule({
  id: 'psp/plugin-without-policy',
  summary: 'There is a PodSecurityPolicy where the plugin is on',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  restsOn: ['field', 'absence'],
  scope: 'tree',
  needs: ['psp', 'cluster'],
  messages: {
    none: 'the PodSecurityPolicy plugin is on, but these manifests contain no PodSecurityPolicy: without one from elsewhere every pod is refused',
  },
  find(_cluster, { facts: { psp, cluster } }) {
    const at = psp.state.place ?? cluster.pods[0]?.owner;
    return psp.state.value !== 'on' || psp.written.length > 0 || at === undefined ? [] : [{ is: 'none', at }];
  },
  say: {
    none: () => ({ hint: 'create the policies and their bindings first, or list their files under `context`' }),
  },
});
