import { defineCheckRule } from '../../src/lint/rule.ts';

/** A backend of an Ingress that its controller's pods may not reach. Asks the network engine, at the ports of the pods behind the Service. */
export const rule = defineCheckRule({
  id: 'net/ingress-controller-blocked',
  summary: 'Controllers of Ingresses may reach their backends',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    denied: 'Ingress `{name}` sends requests to {pods}, port {port}, which {controller} may not reach: denied {sides}',
    closed: 'Ingress `{name}` sends requests to {pods}, port {port}, which no other pod and no address may reach',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    const { anyPod, anyAddress } = net.traffic.strangers;
    for (const backend of net.backends.ofIngresses) {
      const { object, namePath: path, found, foundPort } = backend;
      if (found === undefined || foundPort === undefined) continue;
      const controllers = net.callers.controllersOf(object);
      for (const { pod, protocol, port } of net.services.targetsOf(found, foundPort)) {
        const to = net.traffic.podEnd(pod);
        if (to.endpoint === undefined) continue;
        const data = { name: object.name, pods: to.name, port };
        const soft = cluster.isTransformed(object) ? ({ atMost: 'info' } as const) : {};
        // A rule with the port of the Service is net/service-port-not-pod-port's.
        const isMistaken = (from: typeof anyPod) =>
          port !== foundPort.port && net.traffic.side('ingress', from, to, protocol, foundPort.port) === 'allow';
        if (controllers.length === 0) {
          const isClosed = [anyPod, anyAddress].every(
            (from) => net.traffic.side('ingress', from, to, protocol, port) === 'deny',
          );
          if (
            !isClosed ||
            !net.traffic.isCloseBy(object, pod, 'ingress') ||
            [anyPod, anyAddress].some(
              (from) =>
                port !== foundPort.port && net.traffic.side('ingress', from, to, protocol, foundPort.port) !== 'deny',
            )
          )
            continue;
          report({ object, path }, 'closed', data, {
            atMost: 'warning',
            because: net.traffic.flow(anyAddress, to, protocol, port).because,
          });
          break;
        }
        const answers = controllers.map((controller) => ({
          controller,
          answer: net.traffic.flow(net.traffic.podEnd(controller), to, protocol, port),
        }));
        const [first] = answers;
        if (first === undefined || answers.some(({ answer }) => answer.decision !== 'deny')) continue;
        const denying = first.answer.sides.filter(({ decision }) => decision === 'deny');
        const isLetOut = denying.every(({ direction }) => direction === 'ingress');
        if (isLetOut && isMistaken(net.traffic.podEnd(first.controller))) continue;
        const sides = denying.map(({ direction }) =>
          direction === 'egress' ? 'on its way out of the controller' : 'at the pods',
        );
        const { name } = net.traffic.podEnd(first.controller);
        report(
          { object, path },
          'denied',
          { ...data, controller: name, sides: sides.join(' and ') },
          { because: first.answer.because, ...soft },
        );
        break;
      }
    }
  },
});
