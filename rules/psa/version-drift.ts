import { defineRule, type Facts, type PodSource } from '../../src/lint/rule.ts';

/**
 * A pod that passes the version of a level that its namespace enforces, but not a later one: the server's own where an older one is pinned, the
 * newest known where the namespace follows the server. Asks the checks of pod-security-admission, v0.23 to v0.37.
 */
export const rule = defineRule({
  id: 'psa/version-drift',
  summary: 'Admission of pods does not depend on the version of the enforced Pod Security level',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  scope: 'namespace',
  needs: ['psa'],
  messages: {
    pinned: '`{level}:latest` would refuse {pods}, although `{enforced}` admits them: {reasons}',
    ahead: {
      level: 'info',
      text: 'after an upgrade to {newest}, `{level}` would refuse {pods}, although `{enforced}` admits them: {reasons}',
    },
  },
  find({ name }, { facts: { psa } }) {
    const namespace = psa.judged(name);
    if (!psa.state.value || namespace === undefined) return [];
    const { policy, pods, pinned } = namespace;
    const { enforce } = policy;
    if (enforce.level === 'privileged') return [];
    const is = enforce.version === 'latest' ? 'ahead' : 'pinned';
    const later = (pod: PodSource) =>
      psa[is === 'ahead' ? 'newestViolations' : 'violations'](pod, { level: enforce.level, version: 'latest' });
    const drifting = pods.filter((pod) => psa.violations(pod, enforce).length === 0 && later(pod).length > 0);
    const [first] = drifting;
    if (first === undefined) return [];
    const at = psa.placeOf(namespace, 'enforce', pinned.has('enforce') ? 'version' : 'level');
    const because = drifting.flatMap((pod) => psa.reasons(pod, later(pod)).slice(0, 1));
    return [{ is, at, because, enforce, drifting, violations: later(first) }];
  },
  say: {
    pinned: (found, { facts: { psa } }) => ({
      ...wordsOf(found, psa),
      hint: 'fix these pods before you remove the pin',
    }),
    ahead: (found, { facts: { psa } }) => ({
      ...wordsOf(found, psa),
      newest: psa.newest,
      hint: 'fix these pods before the upgrade, or pin `pod-security.kubernetes.io/enforce-version` to the current version',
    }),
  },
});

type Psa = Facts['psa'];

interface Drift {
  readonly enforce: Parameters<Psa['format']>[0];
  readonly drifting: readonly PodSource[];
  /** What the later version has against the first of them. */
  readonly violations: ReturnType<Psa['violations']>;
}

function wordsOf({ enforce, drifting, violations }: Drift, psa: Psa) {
  return {
    level: enforce.level,
    enforced: psa.format(enforce),
    pods: psa.list(drifting),
    reasons: violations.map(({ reason }) => reason).join(', '),
  };
}
