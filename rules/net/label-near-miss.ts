import { defineRule } from '../../src/lint/rule.ts';

/** A selector that matches nothing, and would after one edit. About the whole tree: the selectors of policies, and those of Services. */
export const rule = defineRule({
  id: 'net/label-near-miss',
  summary: 'Selectors use the labels that pods have',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['placement'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    policy: 'selector `{asked}` of {title} `{name}` matches no pod; did you mean `{there}`?',
    peer: 'peer selector `{asked}` of {title} `{name}` matches no pod; did you mean `{there}`?',
    // That the pods of the other namespace are meant is likely, no more.
    namespace: {
      level: 'warning',
      text: 'a peer of {title} `{name}` matches no pod in namespace `{asked}`; namespace `{there}` has such pods',
    },
    service: 'selector `{asked}` of Service `{name}` matches no pod; did you mean `{there}`?',
  },
  *find(_cluster, { facts: { net, cluster } }) {
    for (const { role, policy, path, fault } of net.selections.empty) {
      if (fault.kind !== 'near-miss') continue;
      const { object, namespace } = policy;
      const { edit, asked, there } = fault.miss;
      const restsOn = [{ on: 'pods-of-namespace', object, namespace }] as const;
      const found = { at: { object, path, at: 'key' }, restsOn, policy, asked, there } as const;
      if (role === 'peer') yield edit === 'namespace' ? { is: 'namespace', ...found } : { is: 'peer', ...found };
      else if (edit !== 'namespace') yield { is: 'policy', ...found };
    }
    for (const { object, name, namespace, type, selector, pods } of net.services.all) {
      if (!cluster.isLinted(object) || selector.size === 0 || pods.length > 0 || type === 'ExternalName') continue;
      const miss = net.selections.missOfLabels(namespace, selector);
      if (miss === undefined) continue;
      const { key, asked, there } = miss;
      const restsOn = [{ on: 'pods-of-namespace', object, namespace }] as const;
      const at = { object, path: ['spec', 'selector', key], at: 'key' } as const;
      yield { is: 'service', at, restsOn, name, asked, there };
    }
  },
  say: {
    policy: ({ policy: { kindTitle: title, object }, asked, there }) => ({ title, name: object.name, asked, there }),
    peer: ({ policy: { kindTitle: title, object }, asked, there }) => ({ title, name: object.name, asked, there }),
    namespace: ({ policy: { kindTitle: title, object }, asked, there }) => ({
      title,
      name: object.name,
      asked,
      there,
      hint: `add a \`namespaceSelector\` that matches namespace \`${there}\``,
    }),
    service: ({ name, asked, there }) => ({ name, asked, there }),
  },
});
