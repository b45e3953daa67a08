import { defineRule } from '../../src/lint/rule.ts';

/** A selector that requires a label which no namespace has. */
export const rule = defineRule({
  id: 'net/namespace-label-missing',
  summary: 'Every label in a namespace selector is the label of a namespace',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['placement'],
  scope: 'network-policy',
  needs: ['net', 'cluster'],
  messages: {
    missing: 'a selector of {title} `{name}` matches nothing: no namespace has the label `{label}`',
    tooNew:
      'a selector of {title} `{name}` matches nothing: the label `{label}` is set by Kubernetes 1.21 and later, not by {version}',
  },
  *find(policy, { facts: { net } }) {
    const { object, kindTitle: title } = policy;
    const { name } = object;
    for (const { path, fault } of net.selections.emptyOf(policy)) {
      if (fault.kind !== 'namespace-label') continue;
      const { key, values, meant, isTooNew } = fault.gap;
      const label = values.length === 0 ? key : `${key}=${values.join('|')}`;
      const at = { object, path, at: 'key' } as const;
      if (isTooNew && meant === undefined)
        yield { is: 'tooNew', at, restsOn: ['target-version'] as const, title, name, label };
      else {
        // Where a namespace of the tree was clearly meant, others do not matter.
        const restsOn = meant === undefined ? (['namespaces'] as const) : [];
        yield { is: 'missing', at, restsOn, title, name, label, meant };
      }
    }
  },
  say: {
    missing: ({ title, name, label, meant }) => ({ title, name, label, hint: advice(meant, label) }),
    tooNew: ({ title, name, label }, { facts: { cluster } }) => ({
      title,
      name,
      label,
      version: `1.${String(cluster.cluster.version.value.minor)}`,
      hint: 'add a label of your own to the namespace, and select it',
    }),
  },
});

function advice(meant: { readonly namespace: string; readonly label?: string } | undefined, label: string): string {
  if (meant === undefined) return 'add the label to a Namespace, or correct the selector';
  return meant.label === undefined
    ? `did you mean namespace \`${meant.namespace}\`? add the label \`${label}\` to it`
    : `did you mean \`${meant.label}\`, which namespace \`${meant.namespace}\` has?`;
}
