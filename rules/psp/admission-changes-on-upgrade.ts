import { defineRule, type Ground, type PodSource } from '../../src/lint/rule.ts';

/**
 * A pod that PodSecurityPolicy judges differently in another version of Kubernetes, or no longer judges. Runs the plugin of both versions:
 * plugin/pkg/admission/security/podsecuritypolicy, v1.12 to v1.24.
 */
export const rule = defineRule({
  id: 'psp/admission-changes-on-upgrade',
  summary: 'An upgrade does not change which PodSecurityPolicy admits a pod',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  restsOn: [],
  // What changes for the policies as a whole is said once.
  scope: 'tree',
  needs: ['psp', 'cluster', 'migration'],
  options: {
    to: {
      type: 'string',
      default: '',
      description: 'the Kubernetes version to upgrade to, such as 1.25; without it the rule reports nothing',
    },
  },
  messages: {
    unknown: 'the option `to` is not a known Kubernetes version: `{to}`',
    gone: 'Kubernetes {to} has no PodSecurityPolicy: pods that these policies refuse will be admitted{refused}',
    decision: '{pod}: {before} in Kubernetes {from}, {after} in {to}',
    policy: '{pod}: admitted by PodSecurityPolicy `{before}` in Kubernetes {from}, by `{after}` in {to}',
  },
  *find(_cluster, { facts: { psp, cluster, migration }, options }) {
    const policy = psp.written.find(({ object }) => cluster.isLinted(object));
    if (options.to === '' || psp.state.value !== 'on' || policy === undefined) return;
    const at = policy.object;
    const to = migration.version(options.to);
    if (to === undefined) {
      yield { is: 'unknown', at };
      return;
    }
    const pods = cluster.pods.filter((pod) => psp.judge(pod).decision !== 'unjudged');
    if (!to.hasPolicies) {
      yield { is: 'gone', at, to, refused: pods.filter((pod) => psp.judge(pod).decision !== 'admitted') };
      return;
    }
    for (const pod of pods) {
      const before = psp.judge(pod);
      const after = to.judge(pod);
      const found = { at: pod.owner, because: after.because, restsOn: groundsOf(pod), pod, to, before, after };
      if ((before.decision === 'admitted') !== (after.decision === 'admitted')) yield { is: 'decision', ...found };
      else if (before.chosen?.name !== after.chosen?.name) yield { is: 'policy', ...found };
    }
  },
  say: {
    unknown: (_found, { options }) => ({ to: options.to, hint: 'set `to` to a version such as 1.25' }),
    gone: ({ to, refused }, { facts: { migration } }) => ({
      to: to.name,
      refused: refused.length === 0 ? '' : `, among them ${migration.list(refused)}`,
      hint: 'set Pod Security levels on the namespaces before the upgrade; `k8sec psp migrate` lists them',
    }),
    decision: ({ pod, to, before, after }, { facts: { psp, migration } }) => ({
      pod: psp.describe(pod),
      from: migration.from,
      to: to.name,
      before: outcome(before),
      after: outcome(after),
      hint: 'change the pod or its policies so that both versions decide the same',
    }),
    policy: ({ pod, to, before, after }, { facts: { psp, migration } }) => ({
      pod: psp.describe(pod),
      from: migration.from,
      to: to.name,
      before: before.chosen?.name ?? '',
      after: after.chosen?.name ?? '',
      hint: 'compare what both policies fill in, or grant only one of them',
    }),
  },
});

/** The verdict of each version rests on the pod and on who creates it. */
function groundsOf(pod: PodSource): readonly Ground[] {
  return [
    { on: 'placement', object: pod.owner },
    { on: 'creator', pod },
  ];
}

function outcome({ decision, message }: { readonly decision: string; readonly message: string }): string {
  return decision === 'admitted' ? 'admitted' : `refused (${message})`;
}
