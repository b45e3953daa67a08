import { defineRule } from '../../src/lint/rule.ts';

/** A Service whose selector matches none of the pods of its namespace that the manifests lead to. */
export const rule = defineRule({
  id: 'net/service-selects-nothing',
  summary: 'Every Service selects pods',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['dangling-service', 'service-targets-pod', 'C-0293'],
  restsOn: ['no-pods-of-namespace'],
  scope: 'service',
  needs: ['net'],
  messages: {
    nothing: 'Service `{name}` selects no pod of namespace `{namespace}` in these manifests',
  },
  find({ object, name, namespace, type, selector, pods }, { facts: { net } }) {
    if (selector.size === 0 || type === 'ExternalName' || pods.length > 0) return [];
    // Labels that controllers give to pods are in no manifest.
    if ([...selector.keys()].some((key) => /(?:pod-name|pod-index|-hash|job-name|controller-uid)$/.test(key)))
      return [];
    // A typo is left to net/label-near-miss.
    if (!net.pods.areKnown(namespace) || net.selections.missOfLabels(namespace, selector) !== undefined) return [];
    return [{ is: 'nothing', at: { object, path: ['spec', 'selector'], at: 'key' }, name, namespace }];
  },
  say: {
    nothing: ({ name, namespace }) => ({
      name,
      namespace,
      hint: 'correct `spec.selector`, or list the files with the pods under `context`',
    }),
  },
});
