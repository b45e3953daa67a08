import { defineRule, type Facts, type NetPolicy } from '../../src/lint/rule.ts';

/** Where the order of a Calico policy, compared with the 1000 of Kubernetes NetworkPolicies, takes the effect from one of them. Mirrors libcalico-go/lib/backend/k8s/conversion, v3.32. */
export const rule = defineRule({
  id: 'calico/kubernetes-policy-order',
  summary: 'Calico policies and Kubernetes NetworkPolicies do not override each other by accident',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    isolation:
      '`{title}` allows everything before order 1000, so {kubernetes}, evaluated at order 1000, cannot restrict {pods}',
    denied:
      '`{title}` denies no traffic of {pods}: Kubernetes NetworkPolicies have order 1000 and allow all of it first',
    equal:
      '`{title}` has order 1000, the order of every Kubernetes NetworkPolicy: for {pods} only its name decides whether it comes before {kubernetes}',
  },
  *find({ object, isCalico, policy }, { facts: { net }, gaveUp }) {
    if (policy === undefined || !isCalico) return;
    [...net.order.gaveUp.dead, ...net.order.gaveUp.names].forEach(gaveUp);
    for (const { rule, others } of opened(policy, net)) {
      const restsOn = net.order.together(policy, others);
      yield { is: 'isolation', at: { object, path: rule.origin.path }, restsOn, rule, policy, others };
    }
    for (const { rule, by, endpoints } of [...net.order.deadIn(policy), ...net.order.eclipsedIn(policy)]) {
      const isVoid = by.length > 0 && by.every((each) => each.kind === 'rule' && isKubernetes(each.policy));
      if (rule.action !== 'deny' || !isVoid || endpoints.length === 0) continue;
      const restsOn = net.order.together(policy, net.order.deciders(by));
      const because = net.order.reasons(by);
      yield { is: 'denied', at: { object, path: rule.origin.path }, because, restsOn, rule, endpoints };
    }
    for (const { first, second, endpoint } of net.order.conflicts) {
      const other = first === policy ? second : second === policy ? first : undefined;
      if (other === undefined || !isKubernetes(other)) continue;
      const restsOn = net.order.together(policy, [other]);
      yield { is: 'equal', at: { object, path: ['spec', 'order'] }, restsOn, policy, other, endpoint };
    }
  },
  say: {
    isolation: ({ rule, policy, others }, { facts: { net } }) => {
      const restricted = new Set(others.flatMap((other) => net.policies.subjects(other).sure));
      return {
        title: net.order.ruleTitle(rule),
        pods: net.order.pods(net.policies.subjects(policy).sure.filter((endpoint) => restricted.has(endpoint))),
        kubernetes: net.order.titles(others),
        hint,
      };
    },
    denied: ({ rule, endpoints }, { facts: { net } }) => ({
      title: net.order.ruleTitle(rule),
      pods: net.order.pods(endpoints),
      hint,
    }),
    equal: ({ policy, other, endpoint }, { facts: { net } }) => ({
      title: net.policies.title(policy),
      pods: net.order.pods([endpoint]),
      kubernetes: net.order.titles([other]),
      hint,
    }),
  },
});

const hint = 'set an order below or above 1000: Kubernetes NetworkPolicies have order 1000 in tier `default`';

function isKubernetes({ kind }: NetPolicy): boolean {
  return kind === 'KubernetesNetworkPolicy';
}

/** The rules of a policy that allow everything before NetworkPolicies of Kubernetes restrict the same pods. */
function opened(policy: NetPolicy, net: Facts['net']) {
  if (policy.tier !== 'default' || policy.order >= 1000) return [];
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const rule = policy.governs[direction]
      ? policy.rules[direction].find((each) => net.system.isForAll(each))
      : undefined;
    if (rule?.action !== 'allow') return [];
    const others = net.order.followers(policy).filter((other) => isKubernetes(other) && other.governs[direction]);
    return others.length === 0 ? [] : [{ rule, others }];
  });
}
