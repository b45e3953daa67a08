import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * A pod that PodSecurityPolicy judges otherwise in another version of Kubernetes, or that is judged no more. Asks the plugin as both versions have
 * it: plugin/pkg/admission/security/podsecuritypolicy, v1.12 to v1.24.
 */
export const rule = defineCheckRule({
  id: 'psp/admission-changes-on-upgrade',
  summary: 'An upgrade changes nothing about which pods are admitted, and by which PodSecurityPolicy',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'tree',
  needs: ['psp', 'cluster', 'migration'],
  options: {
    to: {
      type: 'string',
      default: '',
      description: 'the version of Kubernetes to upgrade to: 1.25; without it the rule says nothing',
    },
  },
  messages: {
    unknown: 'the option `to` names no version of Kubernetes that is known: `{to}`',
    gone: 'Kubernetes {to} has no PodSecurityPolicy: nothing there refuses what these policies do{refused}',
    decision: '{pod}: {before} in Kubernetes {from}, {after} in {to}',
    policy: '{pod}: admitted by the policy `{before}` in Kubernetes {from}, by `{after}` in {to}',
  },
  check(_cluster, { facts: { psp, cluster, migration }, options, report }) {
    if (options.to === '' || psp.state.value !== 'on') return;
    const [policy] = psp.written.filter(({ object }) => cluster.isLinted(object));
    const to = migration.version(options.to);
    if (policy === undefined) return;
    if (to === undefined) {
      report(policy.object, 'unknown', { to: options.to }, { hint: 'write it as 1.25' });
      return;
    }
    const pods = cluster.pods.filter((pod) => psp.judge(pod).decision !== 'unjudged');
    if (!to.hasPolicies) {
      const refused = pods.filter((pod) => psp.judge(pod).decision !== 'admitted');
      report(
        policy.object,
        'gone',
        { to: to.name, refused: refused.length === 0 ? '' : `, ${migration.list(refused)} among it` },
        { hint: 'give the namespaces Pod Security levels before the upgrade: `k8sec psp migrate` names them' },
      );
      return;
    }
    for (const pod of pods) {
      const before = psp.judge(pod);
      const after = to.judge(pod);
      const [was, will] = [before.chosen?.name ?? '', after.chosen?.name ?? ''];
      const data = { pod: psp.describe(pod), from: migration.from, to: to.name };
      if ((before.decision === 'admitted') !== (after.decision === 'admitted')) {
        const words = (admitted: boolean, message: string) => (admitted ? 'admitted' : `refused (${message})`);
        report(
          pod.owner,
          'decision',
          {
            ...data,
            before: words(before.decision === 'admitted', before.message),
            after: words(after.decision === 'admitted', after.message),
          },
          { because: after.because, ...psp.softened(pod) },
        );
      } else if (was !== will) {
        report(
          pod.owner,
          'policy',
          { ...data, before: was, after: will },
          { because: after.because, ...psp.softened(pod) },
        );
      }
    }
  },
});
