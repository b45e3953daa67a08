import { defineCheckRule } from '../../src/lint/rule.ts';

/** What the kinds of staged policies become. */
const targets: Readonly<Record<string, { readonly kind: string; readonly group?: string }>> = {
  StagedNetworkPolicy: { kind: 'NetworkPolicy' },
  StagedGlobalNetworkPolicy: { kind: 'GlobalNetworkPolicy' },
  StagedKubernetesNetworkPolicy: { kind: 'NetworkPolicy', group: 'networking.k8s.io' },
};

/** A staged policy with the action Delete whose policy is not in the tree. */
export const rule = defineCheckRule({
  id: 'calico/staged-delete-dangling',
  summary: 'A staged deletion is of a policy that exists',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  needs: ['calico', 'cluster'],
  messages: {
    dangling: '`{title}` is there to delete `{kind} {name}`, which no manifest holds',
  },
  check(object, { facts: { calico, cluster }, report }) {
    if (!calico.isCalico(object) || calico.specOf(object).stagedAction !== 'Delete') return;
    const target = targets[object.kind];
    if (target === undefined) return;
    const namespace = target.kind === 'GlobalNetworkPolicy' ? '' : cluster.namespaceOf(object);
    const group = target.group ?? object.group;
    if (cluster.find(group, target.kind, namespace, object.name) !== undefined) return;
    const name = namespace === '' ? object.name : `${namespace}/${object.name}`;
    report(
      { object, path: ['spec', 'stagedAction'] },
      'dangling',
      { title: `${object.kind} ${name}`, kind: target.kind, name },
      { hint: 'take it away once the policy is deleted, or correct the name' },
    );
  },
});
