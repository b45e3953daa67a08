import { defineCheckRule } from '../../src/lint/rule.ts';

/** A Namespace that enforces nothing because nobody said what: no label, and no default of the server. Asks PolicyToEvaluate of pod-security-admission, v0.37. */
export const rule = defineCheckRule({
  id: 'psa/namespace-unlabelled',
  summary: 'Every namespace says which Pod Security level it enforces',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa', 'cis-1.10:5.2.1'],
  scope: 'tree',
  needs: ['psa', 'cluster'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system', 'kube-public', 'kube-node-lease'],
      description: 'namespaces that are the system’s own',
    },
  },
  messages: {
    unlabelled: 'the namespace `{namespace}` enforces no Pod Security level: it admits every pod',
  },
  check(_cluster, { facts: { psa, cluster }, options, report }) {
    if (!psa.isTheGate) return;
    for (const { object, name, origin, exempt, pods } of psa.namespaces) {
      if (origin !== 'default' || exempt || options.ignoreNamespaces.includes(name)) continue;
      // A kustomization may add the label.
      if (cluster.isTransformed(object)) continue;
      const passed = psa.strictestPassed(pods);
      report(
        object,
        'unlabelled',
        { namespace: name },
        {
          hint:
            pods.length === 0
              ? 'label it `pod-security.kubernetes.io/enforce: restricted`, or what its pods need'
              : `label it \`pod-security.kubernetes.io/enforce: ${passed}\`, the strictest level that its pods here pass`,
        },
      );
    }
  },
});
