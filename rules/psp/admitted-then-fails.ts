import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * A pod that is admitted and that the kubelet will not start, in the kubelet's words. Mirrors verifyRunAsNonRoot of
 * pkg/kubelet/kuberuntime, v1.24; the users of images are those of `settings.images`.
 */
export const rule = defineCheckRule({
  id: 'psp/admitted-then-fails',
  summary: 'Every pod that is admitted can start',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'start'],
  scope: 'pod',
  needs: ['psp', 'start'],
  messages: {
    fails: '{pod} will be admitted and will not start: {reason} (container `{container}`, {user})',
  },
  check(pod, { facts: { psp, start }, report }) {
    const verdict = start.judge(pod);
    for (const { decision, container, message, path, user } of verdict?.containers ?? []) {
      if (decision !== 'fails') continue;
      const chosen = psp.state.value === 'on' ? psp.judge(pod).chosen : undefined;
      const policy = psp.policies.find(({ name }) => name === chosen?.name);
      const because =
        policy === undefined || chosen?.mutates !== true
          ? []
          : [
              {
                object: policy.object,
                path: ['spec', 'runAsUser'],
                sentence: 'the policy that the pod was admitted by, and changed by',
              },
            ];
      report(
        pod.placeOf(path),
        'fails',
        { pod: psp.describe(pod), reason: message, container, user },
        {
          because,
          hint:
            path.at(-1) === 'runAsUser'
              ? 'set `runAsUser` to a user other than 0, or leave `runAsNonRoot` out'
              : 'run an image with a numeric user other than 0, or set `runAsUser`',
          ...(because.length === 0 ? {} : psp.softened(pod)),
        },
      );
    }
  },
});
