import { defineCheckRule } from '../../src/lint/rule.ts';

/** A Service whose selector picks none of the pods of its namespace that the manifests lead to. */
export const rule = defineCheckRule({
  id: 'net/service-selects-nothing',
  summary: 'Every Service has pods behind it',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['dangling-service', 'service-targets-pod', 'C-0293'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    nothing:
      'the selector of Service `{name}` picks none of the pods that are written here for namespace `{namespace}`',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    for (const { object, name, namespace, type, selector, pods } of net.services.all) {
      if (!cluster.isLinted(object) || selector.size === 0 || type === 'ExternalName' || pods.length > 0) continue;
      // Labels that controllers give to pods are in no manifest.
      if ([...selector.keys()].some((key) => /(?:pod-name|pod-index|-hash|job-name|controller-uid)$/.test(key)))
        continue;
      // net/label-near-miss says it better.
      if (
        !net.pods.isPeopled(namespace) ||
        net.pods.mayHoldMore(namespace) ||
        net.selections.missOfLabels(namespace, selector) !== undefined
      )
        continue;
      report(
        { object, path: ['spec', 'selector'], at: 'key' },
        'nothing',
        { name, namespace },
        net.pods.softenedEmpty(object, namespace),
      );
    }
  },
});
