import { defineCheckRule } from '../../src/lint/rule.ts';

/** A Namespace told to enforce a level laxer than the one that all its pods pass. Asks the checks of pod-security-admission, v0.23 to v0.37. */
export const rule = defineCheckRule({
  id: 'psa/level-slack',
  summary: 'A namespace enforces the strictest Pod Security level that its pods pass',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  scope: 'tree',
  needs: ['psa', 'cluster'],
  messages: {
    slack: 'the namespace `{namespace}` enforces `{level}`, and all its pods here ({count}) would pass `{passed}`',
  },
  check(_cluster, { facts: { psa, cluster }, report }) {
    if (!psa.isTheGate) return;
    for (const { object, name, origin, policy, errors, exempt, pods } of psa.namespaces) {
      if (origin !== 'label' || exempt || errors.length > 0 || pods.length === 0) continue;
      // A patch may well be what needs the level.
      if ([object, ...pods.map(({ owner }) => owner)].some((each) => cluster.isTransformed(each))) continue;
      const { level } = policy.enforce;
      const passed = psa.strictestPassed(pods);
      if (psa.compare(passed, level) <= 0) continue;
      report(
        { object, path: psa.labelPath('enforce', 'level') },
        'slack',
        { namespace: name, level, count: pods.length, passed },
        { hint: `enforce \`${passed}\`, once you know that the pods that are not in this tree pass it too` },
      );
    }
  },
});
