import { defineRule } from '../../src/lint/rule.ts';

/**
 * A policy that gives full control of the node, granted to a controller: the plugin checks whether the pod's account or its creator may use a
 * policy, so any user who can create a Deployment gets it. Mirrors plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineRule({
  id: 'psp/controller-granted',
  summary: 'PodSecurityPolicies that give full control of the node are not granted to controllers',
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
      description: 'namespaces where the grant is accepted, because only administrators create workloads there',
    },
  },
  messages: {
    controller:
      'PodSecurityPolicy `{policy}` allows {ways}, and the controller `{controller}` may use it {where}; through the controller, so may any user who can create its workloads there',
    group:
      'PodSecurityPolicy `{policy}` allows {ways}, and the group `{group}`, which contains the controllers, may use it {where}; through them, so may any user who can create workloads there',
  },
  *find(policy, { facts: { psp }, options }) {
    for (const takeover of psp.nodeTakeovers(policy)) {
      const { at, because, manifests, subject, home, namespace } = takeover;
      if (options.ignoreNamespaces.includes(namespace)) continue;
      const found = { at, because, restsOn: manifests.map((object) => ({ on: 'field', object }) as const), takeover };
      const controller = controllerOf(subject, home);
      if (controller !== undefined) yield { is: 'controller', ...found, controller };
      else if (subject.kind === 'Group' && subject.name === 'system:serviceaccounts:kube-system')
        yield { is: 'group', ...found };
    }
  },
  say: {
    controller: ({ takeover, controller }, { facts: { psp } }) => ({ ...psp.wordsOf(takeover), controller, hint }),
    group: ({ takeover }, { facts: { psp } }) => ({ ...psp.wordsOf(takeover), group: takeover.subject.name, hint }),
  },
});

const hint = 'grant the policy only to the service accounts of the pods that need it';

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
