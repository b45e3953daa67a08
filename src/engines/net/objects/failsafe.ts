import { cidrContains, parseCidrOrAddress } from '../../../lang/addresses/cidr.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import { JsonDecoder } from './decode-json.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { Direction } from '../form/normal-form.ts';
import type { Packet, PacketEnd } from '../form/packet.ts';
import { protocolNumbers } from '../form/protocol.ts';
import { undecodable } from './reading.ts';
import type { Reading } from './reading.ts';

/** A port that felix keeps open on host endpoints, for everybody or for some addresses at the other end. */
export interface FailsafePort {
  readonly protocol: number;
  readonly port: number;
  readonly net?: Cidr;
}

export type FailsafePorts = Readonly<Record<Direction, readonly FailsafePort[]>>;

/** What a FelixConfiguration says about them, for all nodes (`default`) or for one; what it leaves out is as before. */
export interface FailsafeSetting {
  /** '' for all nodes. */
  readonly node: string;
  readonly ports: Partial<FailsafePorts>;
}

const tcp = (port: number): FailsafePort => ({ protocol: 6, port });
const udp = (port: number): FailsafePort => ({ protocol: 17, port });
const controlPlane = [179, 2379, 2380, 5473, 6443, 6666, 6667].map(tcp);

/** The ports that felix keeps open on host endpoints unless it is configured otherwise: FailsafeInboundHostPorts and -Outbound-. */
export const failsafePorts: FailsafePorts = {
  ingress: [tcp(22), udp(68), ...controlPlane],
  egress: [udp(53), udp(67), ...controlPlane],
};

/** The ports of one node: its own FelixConfiguration takes precedence over the default one, and that over felix's own list. */
export function failsafePortsOf(settings: readonly FailsafeSetting[], node: string): FailsafePorts {
  const of = (name: string): Partial<FailsafePorts> => settings.find((each) => each.node === name)?.ports ?? {};
  return { ...failsafePorts, ...of(''), ...of(node) };
}

/** Reads the failsafe ports of a FelixConfiguration; an empty list closes them all. Mirrors api/pkg/apis/projectcalico/v3 ProtoPort, v3.32. */
export function readFailsafeSetting({ name, spec }: KubernetesObject): Reading<FailsafeSetting> {
  const node = name === 'default' ? '' : name.startsWith('node.') ? name.slice('node.'.length) : undefined;
  if (node === undefined) return { problems: [] };
  const decoder = new JsonDecoder();
  const [ingress, egress] = (['failsafeInboundHostPorts', 'failsafeOutboundHostPorts'] as const).map((key) =>
    decoder.objects(spec, key)?.map((item): FailsafePort => {
      const net = parseCidrOrAddress(decoder.text(item, 'net') ?? '')?.cidr;
      const protocol = decoder.text(item, 'protocol')?.toUpperCase() ?? 'TCP';
      const port = decoder.integer(item, 'port') ?? 0;
      return { protocol: protocolNumbers[protocol] ?? -1, port, ...(net === undefined ? {} : { net }) };
    }),
  );
  if (decoder.problem !== undefined) return undecodable(decoder.problem);
  const ports = { ...(ingress === undefined ? {} : { ingress }), ...(egress === undefined ? {} : { egress }) };
  return { value: { node, ports }, problems: [] };
}

/** Whether a packet is to a failsafe port of its direction. Mirrors felix/rules/static.go failsafeInChain, v3.32. */
export function isFailsafe(ports: FailsafePorts, direction: Direction, packet: Packet): boolean {
  const other = direction === 'ingress' ? packet.source : packet.destination;
  return ports[direction].some(
    ({ protocol, port, net }) =>
      protocol === packet.protocol && port === packet.destination.port && isWithin(net, other),
  );
}

/** Whether a packet looks like the answer to one that was failsafe the other way; only the raw table accepts those too. */
export function isFailsafeReply(ports: FailsafePorts, direction: Direction, packet: Packet): boolean {
  const other = direction === 'ingress' ? packet.source : packet.destination;
  return ports[direction === 'ingress' ? 'egress' : 'ingress'].some(
    ({ protocol, port, net }) => protocol === packet.protocol && port === packet.source.port && isWithin(net, other),
  );
}

function isWithin(net: Cidr | undefined, { address }: PacketEnd): boolean {
  return net === undefined || (address !== undefined && cidrContains(net, address));
}
