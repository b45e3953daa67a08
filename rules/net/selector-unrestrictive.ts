import { defineCheckRule } from '../../src/lint/rule.ts';

/** A peer that is every pod of every namespace. */
export const rule = defineCheckRule({
  id: 'net/selector-unrestrictive',
  summary: 'No rule allows every pod of every namespace',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['KSV-0038'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    peer: 'a peer of {title} `{name}` is every pod of every namespace',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const { object, kindTitle: title, isCalico, rules, policy } of net.policies.written) {
      for (const { direction, peers, ports, compiled } of rules) {
        if (policy?.governs[direction] !== true || compiled.every(({ action }) => action !== 'allow')) continue;
        // DNS is for everybody.
        if (direction === 'egress' && ports.length > 0 && ports.every(({ port }) => port === 53 || port === 'dns'))
          continue;
        for (const { path, value } of peers) {
          const isEverywhere = isCalico
            ? isAll(value.namespaceSelector) && (value.selector === undefined || isAll(value.selector))
            : isEmpty(value.namespaceSelector) && (value.podSelector === undefined || isEmpty(value.podSelector));
          if (isEverywhere)
            report({ object, path: [...path, 'namespaceSelector'], at: 'key' }, 'peer', { title, name: object.name });
        }
      }
    }
  },
});

function isEmpty(selector: unknown): boolean {
  return typeof selector === 'object' && selector !== null && Object.keys(selector).length === 0;
}

function isAll(selector: unknown): boolean {
  return selector === 'all()';
}
