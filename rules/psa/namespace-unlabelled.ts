import { defineRule } from '../../src/lint/rule.ts';

/** A Namespace that enforces nothing, by neither a label nor a default of the server. Asks PolicyToEvaluate of pod-security-admission, v0.37. */
export const rule = defineRule({
  id: 'psa/namespace-unlabelled',
  summary: 'Every namespace declares the Pod Security level that it enforces',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa', 'cis-1.10:5.2.1'],
  // A kustomization may add the label.
  restsOn: [{ on: 'placement', inDoubt: 'drop' }],
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
    unlabelled: {
      level: 'info',
      text: 'namespace `{namespace}` enforces no Pod Security level, so it admits every pod',
      many: '{count} namespaces enforce no Pod Security level, so they admit every pod: {namespace}',
    },
  },
  find({ name }, { facts: { psa }, options }) {
    const namespace = psa.namespace(name);
    if (!psa.isTheGate || namespace === undefined || options.ignoreNamespaces.includes(name)) return [];
    const { object, origin, exempt, pods } = namespace;
    return origin !== 'default' || exempt ? [] : [{ is: 'unlabelled', at: object, name, pods }];
  },
  say: {
    unlabelled: ({ name, pods }, { facts: { psa } }) => ({
      namespace: name,
      hint:
        pods.length === 0
          ? 'set the label `pod-security.kubernetes.io/enforce` to `restricted`, or to the level that its pods need'
          : `set the label \`pod-security.kubernetes.io/enforce\` to \`${psa.strictestPassed(pods)}\`, the strictest level that its pods in these manifests pass`,
    }),
  },
});
