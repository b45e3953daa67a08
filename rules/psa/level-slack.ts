import { defineRule } from '../../src/lint/rule.ts';

/** A Namespace that enforces a level laxer than the one that all its pods pass. Asks the checks of pod-security-admission, v0.23 to v0.37. */
export const rule = defineRule({
  id: 'psa/level-slack',
  summary: 'A namespace enforces the strictest Pod Security level that its pods pass',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  // A patch may be what needs the level.
  restsOn: [{ on: 'placement', inDoubt: 'drop' }],
  scope: 'namespace',
  needs: ['psa'],
  messages: {
    slack: 'namespace `{namespace}` enforces `{level}`, but all its pods in these manifests ({count}) pass `{passed}`',
  },
  find({ name }, { facts: { psa } }) {
    const namespace = psa.judged(name);
    if (!psa.isTheGate || namespace?.origin !== 'label' || namespace.pods.length === 0) return [];
    const { policy, pods } = namespace;
    const { level } = policy.enforce;
    const passed = psa.strictestPassed(pods);
    if (psa.compare(passed, level) <= 0) return [];
    const restsOn = pods.map(({ owner }) => ({ on: 'placement', object: owner, inDoubt: 'drop' }) as const);
    return [{ is: 'slack', at: psa.placeOf(namespace, 'enforce'), restsOn, name, level, pods, passed }];
  },
  say: {
    slack: ({ name, level, pods, passed }) => ({
      namespace: name,
      level,
      count: pods.length,
      passed,
      hint: `enforce \`${passed}\`, if the pods outside these manifests pass it too`,
    }),
  },
});
