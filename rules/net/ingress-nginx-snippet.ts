import { defineRule } from '../../src/lint/rule.ts';

/** Text of an Ingress that ingress-nginx copies into the configuration of nginx (CVE-2021-25742). */
export const rule = defineRule({
  id: 'net/ingress-nginx-snippet',
  summary: 'No Ingress injects configuration into nginx',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['CKV_K8S_152', 'CKV_K8S_153', 'CKV_K8S_154', 'C-0059', 'KCV-0093'],
  scope: 'ingress',
  needs: [],
  messages: {
    snippet: 'annotation `{annotation}` of Ingress `{name}` is copied into the nginx configuration unchecked',
    alias: 'annotation `{annotation}` of Ingress `{name}` contains a character that ends an nginx directive',
  },
  *find({ object, annotations }) {
    const { name } = object;
    for (const [annotation, value] of annotations) {
      const at = { object, path: ['metadata', 'annotations', annotation], at: 'key' } as const;
      if (/^nginx\.(?:ingress\.kubernetes\.io|org)\/[\w-]*snippets?$/.test(annotation))
        yield { is: 'snippet', at, annotation, name };
      else if (annotation === 'nginx.ingress.kubernetes.io/server-alias' && /[;{}\n]/.test(value))
        yield { is: 'alias', at, annotation, name };
    }
  },
  say: {
    snippet: ({ annotation, name }) => ({
      annotation,
      name,
      hint: 'use specific annotations instead, and run the controller with `allow-snippet-annotations: "false"`',
    }),
    alias: ({ annotation, name }) => ({ annotation, name, hint: 'list host names only, separated by commas' }),
  },
});
