import { defineCheckRule } from '../../src/lint/rule.ts';

/** A selector that finds nothing, and one edit away would. */
export const rule = defineCheckRule({
  id: 'net/label-near-miss',
  summary: 'Selectors name labels as pods have them',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    policy: '{title} `{name}` selects no pod: it asks for `{asked}`, and there is `{there}`',
    peer: 'a peer of {title} `{name}` is no pod: it asks for `{asked}`, and there is `{there}`',
    namespace: 'a peer of {title} `{name}` is no pod of namespace `{asked}`; namespace `{there}` has such pods',
    service: 'Service `{name}` picks no pod: it asks for `{asked}`, and there is `{there}`',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    for (const { role, policy, path, fault } of net.selections.empty) {
      if (fault.kind !== 'near-miss') continue;
      const { object, kindTitle: title } = policy;
      const { edit, asked, there } = fault.miss;
      const place = { object, path, at: 'key' } as const;
      const data = { title, name: object.name, asked, there };
      const soft = net.pods.softened(object, policy.namespace);
      if (edit !== 'namespace') report(place, role === 'peer' ? 'peer' : 'policy', data, soft);
      else if (role === 'peer') {
        // That the pods of the other namespace are meant is likely, no more.
        report(place, 'namespace', data, {
          atMost: 'warning',
          hint: `add a \`namespaceSelector\` that finds namespace \`${there}\``,
          ...soft,
        });
      }
    }
    for (const { object, name, namespace, type, selector, pods } of net.services.all) {
      if (!cluster.isLinted(object) || selector.size === 0 || pods.length > 0 || type === 'ExternalName') continue;
      const miss = net.selections.missOfLabels(namespace, selector);
      if (miss === undefined) continue;
      const { key, asked, there } = miss;
      report(
        { object, path: ['spec', 'selector', key], at: 'key' },
        'service',
        { name, asked, there },
        net.pods.softened(object, namespace),
      );
    }
  },
});
