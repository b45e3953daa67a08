import { defineRule, type Direction, type Facts, type PodSource } from '../../src/lint/rule.ts';

/** A backend of an Ingress that its controller's pods cannot reach. Asks the network engine, at the ports of the pods behind the Service. */
export const rule = defineRule({
  id: 'net/ingress-controller-blocked',
  summary: 'Ingress controllers can reach the backends of their Ingresses',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['placement', 'no-other-policies'],
  scope: 'ingress',
  needs: ['net'],
  messages: {
    denied:
      'Ingress `{name}` routes to port {port} of {pod}, but {controller} cannot reach it: {sides} deny the connection',
    // A controller that is in no manifest may run on the host network, or be allowed in a way that does not show.
    closed: {
      level: 'warning',
      text: 'Ingress `{name}` routes to port {port} of {pod}, but its ingress policies deny every other pod and every address',
    },
  },
  *find({ object }, { facts: { net } }) {
    const controllers = net.callers.controllersOf(object);
    const { name } = object;
    for (const { namePath: path, found, foundPort } of net.backends.of(object)) {
      if (found === undefined || foundPort === undefined) continue;
      const at = { object, path };
      for (const target of net.services.targetsOf(found, foundPort)) {
        const { pod, port } = target;
        if (net.traffic.podEnd(pod).endpoint === undefined) continue;
        if (controllers.length === 0) {
          const because = closedTo(net, target, foundPort.port);
          if (because === undefined) continue;
          const others = net.traffic.policiesAt(pod, 'ingress');
          const restsOn = [object, pod.owner].map(
            (each) => ({ on: 'written-together', object: each, others, inDoubt: 'drop' }) as const,
          );
          yield { is: 'closed', at, because, restsOn, name, pod, port };
          break;
        }
        const denied = deniedTo(net, controllers, target, foundPort.port);
        if (denied === undefined) continue;
        const { because, controller, sides } = denied;
        yield { is: 'denied', at, because, name, pod, port, controller, sides };
        break;
      }
    }
  },
  say: {
    denied: ({ name, pod, port, controller, sides }, { facts: { net } }) => ({
      name,
      port,
      pod: net.traffic.podEnd(pod).name,
      controller: net.traffic.podEnd(controller).name,
      sides: sides
        .map((side) =>
          side === 'egress' ? 'the egress policies of the controller' : 'the ingress policies of the pod',
        )
        .join(' and '),
      hint: sides
        .map(
          (side) => `allow ${side} ${side === 'egress' ? 'to the pod' : 'from the controller'} on port ${String(port)}`,
        )
        .join(', and '),
    }),
    closed: ({ name, pod, port }, { facts: { net } }) => ({
      name,
      port,
      pod: net.traffic.podEnd(pod).name,
      hint: `allow ingress from the ingress controller on port ${String(port)}`,
    }),
  },
});

type Net = Facts['net'];
type Target = ReturnType<Net['services']['targetsOf']>[number];

/** Why no other pod and no address can connect to a pod; undefined where one can, or could if the rule named the port of the pod. */
function closedTo({ traffic }: Net, { pod, protocol, port }: Target, servicePort: number) {
  const { anyPod, anyAddress } = traffic.strangers;
  const to = traffic.podEnd(pod);
  // A rule with the port of the Service is reported by net/service-port-not-pod-port.
  const isClosed = [anyPod, anyAddress].every((from) =>
    [port, servicePort].every((each) => traffic.side('ingress', from, to, protocol, each) === 'deny'),
  );
  return isClosed ? traffic.flow(anyAddress, to, protocol, port).because : undefined;
}

/** How the first controller is denied, where all of them are. */
function deniedTo({ traffic }: Net, controllers: readonly PodSource[], target: Target, servicePort: number) {
  const { pod, protocol, port } = target;
  const to = traffic.podEnd(pod);
  const answers = controllers.map((controller) => traffic.flow(traffic.podEnd(controller), to, protocol, port));
  const [controller] = controllers;
  const [first] = answers;
  if (controller === undefined || first === undefined) return undefined;
  if (answers.some(({ decision }) => decision !== 'deny')) return undefined;
  const sides = first.sides.filter(({ decision }) => decision === 'deny').map(({ direction }): Direction => direction);
  // A rule with the port of the Service is reported by net/service-port-not-pod-port.
  const isMistaken =
    port !== servicePort &&
    sides.every((side) => side === 'ingress') &&
    traffic.side('ingress', traffic.podEnd(controller), to, protocol, servicePort) === 'allow';
  return isMistaken ? undefined : { controller, sides, because: first.because };
}
