import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * A Namespace that is told to enforce `privileged`, and has pods that need it or none at all: where all would pass `baseline`, psa/level-slack
 * speaks. Asks the checks of pod-security-admission, v0.37.
 */
export const rule = defineCheckRule({
  id: 'psa/below-baseline',
  summary: 'Every namespace enforces at least the Pod Security level baseline',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa', 'pss:baseline'],
  scope: 'tree',
  needs: ['psa'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system', 'kube-public', 'kube-node-lease'],
      description: 'namespaces that are the system’s own',
    },
  },
  messages: {
    below: 'the namespace `{namespace}` enforces `{level}`, and so admits what `baseline` forbids{pods}',
  },
  check(_cluster, { facts: { psa }, options, report }) {
    if (!psa.isTheGate) return;
    const level = { level: 'baseline', version: 'latest' } as const;
    for (const { object, name, origin, policy, exempt, pods } of psa.namespaces) {
      if (origin === 'default' || exempt || policy.enforce.level !== 'privileged') continue;
      if (options.ignoreNamespaces.includes(name)) continue;
      const failing = pods.filter((pod) => psa.violations(pod, level).length > 0);
      if (pods.length > 0 && failing.length === 0) continue;
      report(
        origin === 'label' ? { object, path: psa.labelPath('enforce', 'level') } : object,
        'below',
        { namespace: name, level: policy.enforce.level, pods: psa.needing(failing) },
        {
          because: failing.flatMap((pod) => psa.reasons(pod, psa.violations(pod, level)).slice(0, 1)),
          hint:
            failing.length === 0
              ? 'enforce `baseline`, unless its pods, none of which is known here, need more'
              : 'mend these pods, or move them to a namespace of their own, and enforce `baseline`',
        },
      );
    }
  },
});
