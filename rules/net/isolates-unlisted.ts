import { defineRule, type Facts, listed, type PodSource } from '../../src/lint/rule.ts';

/** A policy that is named after what it allows, and is the only one that isolates the pods it selects. Asks the network engine. */
export const rule = defineRule({
  id: 'net/isolates-unlisted',
  summary: 'Workloads that an allow policy cuts off are listed',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  // In another namespace the policy selects other pods.
  restsOn: [{ on: 'placement', inDoubt: 'drop' }],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    cuts: 'policy `{name}` isolates {pod}: {others} in the same namespace can no longer reach it',
  },
  *find({ object, isCalico, policy, rules, namespace }, { facts: { net }, gaveUp }) {
    if (isCalico || policy?.governs.ingress !== true || !/^allow\b/.test(object.name)) return;
    if (!rules.some(({ direction }) => direction === 'ingress')) return;
    const subject = net.policies
      .subjects(policy)
      .sure.find((endpoint) => net.traffic.isolators(endpoint, 'ingress').length === 1);
    const source = subject?.object.source;
    if (subject === undefined || source === undefined) return;
    const neighbours = net.pods.all.filter(
      (pod) => pod.namespace === namespace && pod !== source && net.pods.endpointOf(pod) !== undefined,
    );
    if (neighbours.length > mostNeighbours) gaveUp(`a namespace has more than ${String(mostNeighbours)} workloads`);
    const cut = cutOff(net, source, neighbours.slice(0, mostNeighbours));
    if (cut.length > 0) yield { is: 'cuts', at: object, name: object.name, subject, cut };
  },
  say: {
    cuts: ({ name, subject, cut }, { facts: { net } }) => ({
      name,
      pod: net.pods.describe(subject),
      others: listed(
        cut.map(({ owner }) => owner.name),
        3,
      ),
      hint: 'add the workloads that need access to the ingress rules of the policy',
    }),
  },
});

/** Of larger namespaces, the workloads after these are not looked at. */
const mostNeighbours = 100;

/** The neighbours that are denied the first port of the pod's first Service. */
function cutOff({ services, traffic }: Facts['net'], source: PodSource, neighbours: readonly PodSource[]) {
  const port = services.of(source)[0]?.ports[0];
  const target = port && services.targetAt(source, port);
  if (target === undefined) return [];
  const to = traffic.podEnd(source);
  return neighbours.filter(
    (pod) => traffic.side('ingress', traffic.podEnd(pod), to, target.protocol, target.port) === 'deny',
  );
}
