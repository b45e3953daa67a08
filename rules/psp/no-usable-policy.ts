import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * A pod whose account and creator may use no policy at all, so that none is even tried. Asks the admission chain, which mirrors
 * plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineCheckRule({
  id: 'psp/no-usable-policy',
  summary: "Every pod's account or creator may use a PodSecurityPolicy",
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'pod',
  needs: ['psp'],
  messages: {
    unusable: '{pod} will be refused, because {who} may use any PodSecurityPolicy: {reason}',
    partial:
      '{pod} may use none of the PodSecurityPolicies here: where the plugin is on, the account `{account}` needs one from elsewhere',
  },
  check(pod, { facts: { psp }, report }) {
    if (psp.state.value !== 'on' || psp.written.length === 0) return;
    const { decision, message, because } = psp.judge(pod);
    if (decision !== 'unusable') return;
    const { creator, namespace, accountName } = pod;
    const account = `${namespace}/${accountName}`;
    if (psp.partial) {
      report(pod.owner, 'partial', { pod: psp.describe(pod), account }, { atMost: 'info' });
      return;
    }
    const { name } = creator.user.value;
    const maker = name === '' ? 'an authenticated user as such' : `its creator \`${name}\``;
    const who = accountName === '' ? `not even ${maker}` : `neither the account \`${account}\` nor ${maker}`;
    report(
      pod.owner,
      'unusable',
      { pod: psp.describe(pod), who, reason: message },
      {
        because,
        ...(accountName === ''
          ? {}
          : {
              hint: `bind a role that allows the \`use\` of a policy to the ServiceAccount \`${accountName}\` in \`${namespace}\``,
            }),
        ...psp.softened(pod),
      },
    );
  },
});
