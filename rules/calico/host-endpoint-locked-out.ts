import { type Endpoint, type Facts, calicoKinds, defineRule } from '../../src/lint/rule.ts';

/** A host endpoint whose policies allow no source to manage it. Evaluates host endpoints as felix/rules/endpoints.go does, v3.32. */
export const rule = defineRule({
  id: 'calico/host-endpoint-locked-out',
  summary: 'Every node can still be managed',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'object',
  kinds: calicoKinds('HostEndpoint'),
  needs: ['net'],
  messages: {
    locked: 'no policy allows any source to reach {ports} of host endpoint `{host}`',
    failsafe: {
      level: 'info',
      text: 'no policy allows any source to reach {ports} of host endpoint `{host}`: only the failsafe ports of Felix keep access open',
    },
  },
  *find(object, { facts: { net } }) {
    const { hosts } = net;
    for (const host of hosts.hosts) {
      if (host.object.manifest !== object) continue;
      const closed = closedPorts(host, hosts);
      const locked = closed.filter(({ port }) => !hosts.isFailsafe(host, port));
      const setting = hosts.failsafeSetting(host);
      const path = ['spec', 'failsafeInboundHostPorts'];
      const because = setting === undefined ? [] : [{ object: setting, path, sentence: 'sets the failsafe ports' }];
      if (locked.length > 0) yield { is: 'locked', at: object, because, host, ports: locked };
      else if (closed.length > 0) yield { is: 'failsafe', at: object, because, host, ports: closed };
    }
  },
  say: {
    locked: ({ host, ports }, { facts: { net } }) => words(host, ports, net.hosts),
    failsafe: ({ host, ports }, { facts: { net } }) => words(host, ports, net.hosts),
  },
});

type Hosts = Facts['net']['hosts'];
type Ports = Hosts['management'];

/** The ports of management that policies close. That not every node serves the API is as it should be: it counts where SSH is closed too. */
function closedPorts(host: Endpoint, hosts: Hosts): Ports {
  const asked = hosts.management.filter(({ port }) => [22, 6443, 10250].includes(port));
  const closed = asked.filter(({ port }) => hosts.isOpen(host, port) === false);
  return closed.some(({ port }) => port === 22) ? closed : closed.filter(({ port }) => port !== 6443);
}

function words(host: Endpoint, ports: Ports, hosts: Hosts) {
  return {
    ports: hosts.titles(ports),
    host: host.object.name,
    hint: 'allow the networks of the administrators to reach these ports, in a policy that comes before those that deny',
  };
}
