import { defineRule } from '../../src/lint/rule.ts';

/** A peer that matches every pod of every namespace. */
export const rule = defineRule({
  id: 'net/selector-unrestrictive',
  summary: 'No rule allows every pod of every namespace',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['KSV-0038'],
  scope: 'policy-rule',
  needs: [],
  messages: {
    peer: 'a peer of {title} `{name}` matches every pod of every namespace',
  },
  *find({ policy: { object, kindTitle: title, isCalico, policy }, rule: { direction, peers, ports, compiled } }) {
    if (policy?.governs[direction] !== true || compiled.every(({ action }) => action !== 'allow')) return;
    // Every pod needs DNS.
    if (direction === 'egress' && ports.length > 0 && ports.every(({ port }) => port === 53 || port === 'dns')) return;
    for (const { path, value } of peers) {
      const isEverywhere = isCalico
        ? isAll(value.namespaceSelector) && (value.selector === undefined || isAll(value.selector))
        : isEmpty(value.namespaceSelector) && (value.podSelector === undefined || isEmpty(value.podSelector));
      const at = { object, path: [...path, 'namespaceSelector'], at: 'key' } as const;
      if (isEverywhere) yield { is: 'peer', at, title, name: object.name };
    }
  },
  say: {
    peer: ({ title, name }) => ({ title, name, hint: 'select the namespaces and pods that need access' }),
  },
});

function isEmpty(selector: unknown): boolean {
  return typeof selector === 'object' && selector !== null && Object.keys(selector).length === 0;
}

function isAll(selector: unknown): boolean {
  return selector === 'all()';
}
