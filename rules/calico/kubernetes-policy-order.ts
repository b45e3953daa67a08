import { defineCheckRule, type Endpoint, type ManifestObject, type NetPolicy } from '../../src/lint/rule.ts';

/** Where the order of a Calico policy, against the 1000 of those of Kubernetes, voids one of them. Mirrors libcalico-go/lib/backend/k8s/conversion, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/kubernetes-policy-order',
  summary: 'Policies of Calico and of Kubernetes do not void each other',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    isolation:
      '`{title}` allows everything before order 1000: nothing is left for {kubernetes} of Kubernetes to decide about {pods}',
    denied:
      'policies of Kubernetes have the order 1000 and allow, before `{title}` is asked, all that it is to deny to {pods}',
    equal:
      '`{title}` has the order of all policies of Kubernetes, 1000: for {pods} its name decides whether it comes before {kubernetes}',
  },
  check(_cluster, { facts: { net, cluster, calico }, report, gaveUp }) {
    [...net.order.gaveUp.dead, ...net.order.gaveUp.names].forEach(gaveUp);
    const isKubernetes = ({ kind }: NetPolicy): boolean => kind === 'KubernetesNetworkPolicy';
    const linted = (policy: NetPolicy): ManifestObject | undefined => {
      const { manifest } = policy.origin.object;
      return manifest !== undefined && cluster.isLinted(manifest) && calico.policy(manifest) !== undefined
        ? manifest
        : undefined;
    };
    const hint =
      'policies of Kubernetes are in tier `default`, with the order 1000: choose the order before or behind that';
    for (const policy of net.policies.all) {
      const manifest = linted(policy);
      if (manifest === undefined || policy.staged || policy.tier !== 'default' || policy.order >= 1000) continue;
      for (const direction of ['ingress', 'egress'] as const) {
        const open = policy.governs[direction]
          ? policy.rules[direction].find((rule) => net.system.isForAll(rule))
          : undefined;
        if (open?.action !== 'allow') continue;
        const voided = net.order.followers(policy).filter((other) => isKubernetes(other) && other.governs[direction]);
        if (voided.length === 0) continue;
        const { sure } = net.policies.subjects(policy);
        const isVoided = (endpoint: Endpoint): boolean =>
          voided.some((other) => net.policies.subjects(other).sure.includes(endpoint));
        report(
          { object: manifest, path: open.origin.path },
          'isolation',
          {
            title: net.order.ruleTitle(open),
            pods: net.order.pods(sure.filter(isVoided)),
            kubernetes: net.order.titles(voided),
          },
          { hint },
        );
      }
    }
    for (const { policy, rule, by, endpoints } of [...net.order.dead, ...net.order.eclipsed]) {
      const manifest = linted(policy);
      const isVoid = by.length > 0 && by.every((each) => each.kind === 'rule' && isKubernetes(each.policy));
      if (manifest === undefined || rule.action !== 'deny' || !isVoid || endpoints.length === 0) continue;
      const data = { title: net.order.ruleTitle(rule), pods: net.order.pods(endpoints) };
      report({ object: manifest, path: rule.origin.path }, 'denied', data, { because: net.order.reasons(by), hint });
    }
    for (const { first, second, endpoint } of net.order.conflicts) {
      const [own, other] = isKubernetes(first) ? [second, first] : [first, second];
      const manifest = linted(own);
      if (manifest === undefined || !isKubernetes(other)) continue;
      const data = {
        title: net.policies.title(own),
        pods: net.order.pods([endpoint]),
        kubernetes: net.order.titles([other]),
      };
      report({ object: manifest, path: ['spec', 'order'] }, 'equal', data, { hint });
    }
  },
});
