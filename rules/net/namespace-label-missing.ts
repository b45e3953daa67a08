import { defineCheckRule } from '../../src/lint/rule.ts';

/** A selector that asks namespaces for a label that none of them has. */
export const rule = defineCheckRule({
  id: 'net/namespace-label-missing',
  summary: 'Every label that a policy asks namespaces for is on a namespace',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    missing: 'no namespace in the tree has the label `{label}`, which {title} `{name}` asks for',
    tooNew: 'the label `{label}`, which {title} `{name}` asks for, is set from Kubernetes 1.21 on, not in {version}',
  },
  check({ settings, version }, { facts: { net, cluster }, report }) {
    const namespaces = [...net.namespaces.values()];
    const declared = namespaces.filter(({ name }) => net.isDeclared(name));
    const isWhole = declared.length > 1 && namespaces.every(({ assumed }) => !assumed);
    for (const { policy, path, fault } of net.selections.empty) {
      if (fault.kind !== 'namespace-label') continue;
      const { object, kindTitle: title } = policy;
      const { key, values, meant, isTooNew } = fault.gap;
      const label = values.length === 0 ? key : `${key}=${values.join('|')}`;
      const place = { object, path, at: 'key' } as const;
      if (isTooNew && meant === undefined) {
        const target = `1.${String(version.value.minor)}`;
        report(
          place,
          'tooNew',
          { label, title, name: object.name, version: target },
          { atMost: version.decide === undefined ? 'error' : 'warning' },
        );
        continue;
      }
      const isCertain = meant !== undefined || settings.complete === true;
      const atMost = cluster.isTransformed(object) ? 'info' : isCertain ? 'error' : isWhole ? 'warning' : 'info';
      report(place, 'missing', { label, title, name: object.name }, { atMost, hint: advice(meant, label) });
    }
  },
});

function advice(meant: { readonly namespace: string; readonly label?: string } | undefined, label: string): string {
  if (meant === undefined) return 'add the Namespace with the label, or name the file that holds it under `context`';
  return meant.label === undefined
    ? `did you mean namespace \`${meant.namespace}\`? it does not have the label \`${label}\``
    : `did you mean \`${meant.label}\`, which namespace \`${meant.namespace}\` has?`;
}
