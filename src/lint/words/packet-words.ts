import { listed } from '../../lang/listed.ts';
import { podTitle } from '../../engines/net/packet/flow-end.ts';
import type { Endpoint } from '../../engines/net/form/owner.ts';
import type { Packet, PacketEnd } from '../../engines/net/form/packet.ts';
import { objectTitle } from '../../engines/net/words/policy-words.ts';
import { protocolNumbers } from '../../engines/net/form/protocol.ts';
import { formatAddress } from '../../lang/addresses/format-address.ts';

const names = new Map(Object.entries(protocolNumbers).map(([name, number]) => [number, name]));

/** `TCP 80 from \`shop/web (Deployment)\` to \`192.0.2.1\``. */
export function packetWords({ protocol, icmp, source, destination }: Packet): string {
  const kind = names.get(protocol) ?? `protocol ${String(protocol)}`;
  const port = destination.port === undefined ? '' : ` ${String(destination.port)}`;
  const type = icmp === undefined ? '' : ` type ${String(icmp.type)}`;
  return `${kind}${port}${type} from \`${endWords(source)}\` to \`${endWords(destination)}\``;
}

/** `shop/web (Deployment)`; a host endpoint by its kind and name. */
export function endpointWords({ object }: Endpoint): string {
  return object.source === undefined ? objectTitle(object) : podTitle(object.source);
}

/** The first few endpoints of a list. */
export function endpointsWords(endpoints: readonly Endpoint[]): string {
  const words = [...new Set(endpoints.map((endpoint) => `\`${endpointWords(endpoint)}\``))];
  return words.length === 2 ? words.join(' and ') : listed(words, 2);
}

function endWords({ address, owners }: PacketEnd): string {
  const pod = owners.find((owner): owner is Endpoint => owner.kind === 'pod');
  if (pod !== undefined) return endpointWords(pod);
  return address === undefined ? 'a node' : formatAddress(address);
}
