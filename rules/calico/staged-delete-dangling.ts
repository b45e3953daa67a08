import { calicoKinds, defineRule } from '../../src/lint/rule.ts';

/** A staged policy with the action Delete whose policy is not in the tree. */
export const rule = defineRule({
  id: 'calico/staged-delete-dangling',
  summary: 'A staged deletion refers to an existing policy',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'object',
  kinds: calicoKinds('StagedNetworkPolicy', 'StagedGlobalNetworkPolicy', 'StagedKubernetesNetworkPolicy'),
  needs: ['calico', 'cluster'],
  messages: {
    dangling: '`{title}` is staged to delete `{target}`, which is not in these manifests: it has no effect',
  },
  find(object, { facts: { calico, cluster } }) {
    const target = calico.stagedTarget(object);
    if (target === undefined || calico.specOf(object).stagedAction !== 'Delete') return [];
    const { group, kind, namespace, name } = target;
    if (cluster.find(group, kind, namespace, name) !== undefined) return [];
    const restsOn = [{ on: 'absence', group, kind, ...(namespace === '' ? {} : { namespace }) }] as const;
    return [{ is: 'dangling', at: { object, path: ['spec', 'stagedAction'] }, restsOn, object, target }];
  },
  say: {
    dangling: ({ object, target: { kind, namespace, name } }) => {
      const full = namespace === '' ? name : `${namespace}/${name}`;
      const hint = 'remove it if the policy is already deleted; otherwise correct the name';
      return { title: `${object.kind} ${full}`, target: `${kind} ${full}`, hint };
    },
  },
});
