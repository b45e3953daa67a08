import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * A policy that lets a container own its node, granted to a controller: the plugin asks whether the pod's account or its creator may use
 * a policy, so whoever can make a Deployment gets it. Mirrors plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineCheckRule({
  id: 'psp/controller-granted',
  summary: 'No policy that lets a container own its node is granted to a controller',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'rbac'],
  scope: 'policy',
  needs: ['psp'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system'],
      description: 'namespaces in which such a grant may stand, because only administrators make workloads there',
    },
  },
  messages: {
    controller:
      'the policy `{policy}` allows {ways}, and the controller `{controller}` may use it {where}: so may the pods of everybody who can make its workloads there',
    group:
      'the policy `{policy}` allows {ways}, and `{group}`, which holds the controllers, may use it {where}: so may the pods of everybody who can make a workload there',
  },
  check(policy, { facts: { psp }, options, report }) {
    const ways = psp.takeover(policy).join(' and ');
    if (psp.state.value === 'off' || ways === '') return;
    for (const { grant, rule, namespace } of psp.grantsOf(policy)) {
      if (options.ignoreNamespaces.includes(namespace)) continue;
      const { object, subjects } = grant.binding;
      for (const [index, subject] of subjects.entries()) {
        const controller = controllerOf(subject, grant.binding.namespace);
        const isGroup = subject.kind === 'Group' && subject.name === 'system:serviceaccounts:kube-system';
        if ('implicit' in object || (controller === undefined && !isGroup)) continue;
        const where = namespace === '' ? 'in every namespace' : `in the namespace \`${namespace}\``;
        const place = { object, path: ['subjects', index, 'name'] };
        const because = [
          { object: rule.writtenIn.object, path: ['rules', rule.index], sentence: 'the rule that allows the use' },
          { object: policy.object, path: ['spec'], sentence: 'the policy' },
        ];
        if (controller === undefined) {
          report(place, 'group', { policy: policy.name, ways, group: subject.name, where }, because);
        } else report(place, 'controller', { policy: policy.name, ways, controller, where }, because);
      }
    }
  },
});

/** The accounts in kube-system that kube-controller-manager creates pods with, and the user it has without them. */
const CONTROLLERS = [
  'replication-controller',
  'replicaset-controller',
  'statefulset-controller',
  'daemon-set-controller',
  'job-controller',
];
const SHARED_USER = 'system:kube-controller-manager';
const ACCOUNT_PREFIX = 'system:serviceaccount:kube-system:';

function controllerOf(
  { kind, name, namespace }: { readonly kind: string; readonly name: string; readonly namespace: string },
  home: string,
): string | undefined {
  if (kind === 'ServiceAccount') {
    const inSystem = (namespace === '' ? home : namespace) === 'kube-system';
    return inSystem && CONTROLLERS.includes(name) ? name : undefined;
  }
  if (kind !== 'User') return undefined;
  if (name === SHARED_USER) return name;
  const account = name.startsWith(ACCOUNT_PREFIX) ? name.slice(ACCOUNT_PREFIX.length) : '';
  return CONTROLLERS.includes(account) ? account : undefined;
}
