import { defineRule } from '../../src/lint/rule.ts';

/**
 * A Namespace that enforces `privileged`, and has pods that need it or none at all: where all pods pass `baseline`, psa/level-slack reports it.
 * Asks the checks of pod-security-admission, v0.37.
 */
export const rule = defineRule({
  id: 'psa/below-baseline',
  summary: 'Every namespace enforces at least the Pod Security level baseline',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa', 'pss:baseline'],
  scope: 'namespace',
  needs: ['psa'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system', 'kube-public', 'kube-node-lease'],
      description: 'system namespaces, which the rule skips',
    },
  },
  messages: {
    below: 'namespace `{namespace}` enforces `privileged`, so it admits pods that `baseline` forbids{pods}',
  },
  find({ name }, { facts: { psa }, options }) {
    const namespace = psa.namespace(name);
    if (!psa.isTheGate || namespace?.policy.enforce.level !== 'privileged') return [];
    const { origin, exempt, pods } = namespace;
    if (origin === 'default' || exempt || options.ignoreNamespaces.includes(name)) return [];
    const failing = psa.failing(pods, 'baseline');
    if (pods.length > 0 && failing.length === 0) return [];
    const because = failing.flatMap((pod) => psa.reasons(pod, psa.violations(pod, LEVEL)).slice(0, 1));
    return [{ is: 'below', at: psa.placeOf(namespace, 'enforce'), because, name, failing }];
  },
  say: {
    below: ({ name, failing }, { facts: { psa } }) => ({
      namespace: name,
      pods: psa.needing(failing),
      hint:
        failing.length === 0
          ? 'enforce `baseline`, unless pods outside these manifests need more'
          : 'fix these pods, or move them to another namespace, and enforce `baseline`',
    }),
  },
});

const LEVEL = { level: 'baseline', version: 'latest' } as const;
