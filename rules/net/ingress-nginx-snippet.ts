import { defineCheckRule } from '../../src/lint/rule.ts';

/** Text of an Ingress that goes into the configuration of nginx as it is (CVE-2021-25742). */
export const rule = defineCheckRule({
  id: 'net/ingress-nginx-snippet',
  summary: 'No Ingress brings configuration of its own to nginx',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['CKV_K8S_152', 'CKV_K8S_153', 'CKV_K8S_154', 'C-0059', 'KCV-0093'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    snippet: 'annotation `{annotation}` of Ingress `{name}` goes into the configuration of nginx as it is',
    alias: 'annotation `{annotation}` of Ingress `{name}` holds a character that ends a statement of nginx',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const { object, annotations } of net.backends.ingresses) {
      for (const [annotation, value] of annotations) {
        const place = { object, path: ['metadata', 'annotations', annotation], at: 'key' } as const;
        if (/^nginx\.(?:ingress\.kubernetes\.io|org)\/[\w-]*snippets?$/.test(annotation)) {
          const hint =
            'use annotations that say what they do, and run the controller with `allow-snippet-annotations: "false"`';
          report(place, 'snippet', { annotation, name: object.name }, { hint });
        } else if (annotation === 'nginx.ingress.kubernetes.io/server-alias' && /[;{}\n]/.test(value)) {
          report(place, 'alias', { annotation, name: object.name });
        }
      }
    }
  },
});
