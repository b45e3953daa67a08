import { defineRule } from '../../src/lint/rule.ts';

/**
 * A pod that is admitted but that the kubelet will not start, in the kubelet's words. Mirrors verifyRunAsNonRoot of
 * pkg/kubelet/kuberuntime, v1.24; the users of images are those of `settings.images`.
 */
export const rule = defineRule({
  id: 'psp/admitted-then-fails',
  summary: 'Every admitted pod can start',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'start'],
  scope: 'pod',
  needs: ['psp', 'start'],
  messages: {
    fails: '{pod} will be admitted but will not start: {reason} (container `{container}`, {user})',
  },
  *find(pod, { facts: { psp, start } }) {
    const verdict = start.judge(pod);
    if (verdict?.decision !== 'fails') return;
    for (const failing of verdict.containers) {
      if (failing.decision !== 'fails') continue;
      const chosen = psp.state.value === 'on' ? psp.judge(pod).chosen : undefined;
      const policy = chosen?.mutates === true ? psp.policies.find(({ name }) => name === chosen.name) : undefined;
      const found = { is: 'fails', at: pod.placeOf(failing.path), pod, failing } as const;
      if (policy === undefined) yield found;
      else {
        const sentence = 'the policy that admits the pod and fills in fields';
        yield {
          ...found,
          because: [{ object: policy.object, path: ['spec', 'runAsUser'], sentence }],
          restsOn: ['placement', 'creator'],
        };
      }
    }
  },
  say: {
    fails: ({ pod, failing: { message, container, user, path } }, { facts: { psp } }) => ({
      pod: psp.describe(pod),
      reason: message,
      container,
      user,
      hint:
        path.at(-1) === 'runAsUser'
          ? 'set `runAsUser` to a user other than 0, or remove `runAsNonRoot`'
          : 'use an image with a numeric user other than 0, or set `runAsUser`',
    }),
  },
});
