import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * A pod that passes the version of a level that its namespace enforces, and not a later one: the server's own where an older one is pinned, the
 * newest known where it follows the server. Asks the checks of pod-security-admission, v0.23 to v0.37.
 */
export const rule = defineCheckRule({
  id: 'psa/version-drift',
  summary: 'No pod’s admission hangs on the version of the Pod Security level that its namespace enforces',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  scope: 'tree',
  needs: ['psa'],
  messages: {
    pinned: '`{enforced}` admits {pods}, which `{level}:latest` would refuse: {reasons}',
    ahead: '`{enforced}` admits {pods}, which the same level of `{newest}` would refuse after an upgrade: {reasons}',
  },
  check(_cluster, { facts: { psa }, report }) {
    if (!psa.state.value) return;
    for (const { object, pods, policy, labelled, pinned, errors, exempt } of psa.namespaces) {
      const { enforce } = policy;
      if (exempt || errors.length > 0 || enforce.level === 'privileged') continue;
      const isPinned = enforce.version !== 'latest';
      const later = (pod: (typeof pods)[number]) =>
        isPinned
          ? psa.violations(pod, { level: enforce.level, version: 'latest' })
          : psa.newestViolations(pod, { level: enforce.level, version: 'latest' });
      const drifting = pods.filter((pod) => psa.violations(pod, enforce).length === 0 && later(pod).length > 0);
      const [first] = drifting;
      if (first === undefined) continue;
      const data = {
        enforced: psa.format(enforce),
        pods: psa.list(drifting),
        reasons: later(first)
          .map(({ reason }) => reason)
          .join(', '),
      };
      const mode = pinned.has('enforce') ? 'version' : 'level';
      const place = labelled.has('enforce') ? { object, path: psa.labelPath('enforce', mode) } : object;
      const because = drifting.flatMap((pod) => psa.reasons(pod, later(pod)).slice(0, 1));
      if (isPinned) {
        report(
          place,
          'pinned',
          { ...data, level: enforce.level },
          {
            because,
            hint: 'mend these pods before the pin is taken away',
          },
        );
      } else {
        report(
          place,
          'ahead',
          { ...data, newest: psa.newest },
          {
            because,
            hint: 'mend these pods before the upgrade, or pin `pod-security.kubernetes.io/enforce-version` to what runs now',
            atMost: 'info',
          },
        );
      }
    }
  },
});
