import { defineRule } from '../../src/lint/rule.ts';

/**
 * A Namespace that enforces `baseline`, and has pods that need it or none at all: where all pods pass `restricted`, psa/level-slack reports it.
 * Asks the checks of pod-security-admission, v0.37.
 */
export const rule = defineRule({
  id: 'psa/below-restricted',
  summary: 'Every namespace enforces the Pod Security level restricted',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa', 'pss:restricted'],
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
    below: 'namespace `{namespace}` enforces `baseline`, so it admits pods that `restricted` forbids{pods}',
  },
  find({ name }, { facts: { psa }, options }) {
    const namespace = psa.namespace(name);
    if (!psa.isTheGate || namespace?.policy.enforce.level !== 'baseline') return [];
    const { origin, exempt, pods } = namespace;
    if (origin === 'default' || exempt || options.ignoreNamespaces.includes(name)) return [];
    const failing = psa.failing(pods, 'restricted');
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
          ? 'enforce `restricted`, unless pods outside these manifests need more'
          : 'fix these pods, or move them to another namespace, and enforce `restricted`',
    }),
  },
});

const LEVEL = { level: 'restricted', version: 'latest' } as const;
