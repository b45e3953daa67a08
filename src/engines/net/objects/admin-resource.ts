import type { LabelSelector } from '../../../lang/label-selector.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { JsonDecoder } from './decode-json.ts';
import { decodeLabelSelector } from './kubernetes-resource.ts';
import type { CalicoPort } from './calico-resource.ts';

/* AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy, brought to one shape. */

/** Pods, or all pods of namespaces. */
export interface AdminSubject {
  readonly namespaces?: LabelSelector;
  readonly pods?: { readonly namespaceSelector: LabelSelector; readonly podSelector: LabelSelector };
}

export interface AdminPeer extends AdminSubject {
  readonly networks: readonly string[];
}

/** Ports of one protocol (all of them where `port` is absent), or of any with the protocol ''. */
export interface AdminPort {
  readonly protocol: string;
  readonly port?: CalicoPort;
}

export interface AdminRule {
  readonly action: string;
  readonly peers: readonly AdminPeer[];
  /** Empty is everything; a text says why they cannot be converted. */
  readonly ports: readonly AdminPort[] | string;
}

export interface AdminPolicySpec {
  readonly tier: string;
  readonly priority: number;
  readonly subject: AdminSubject;
  readonly ingress: readonly AdminRule[];
  readonly egress: readonly AdminRule[];
}

/** Decodes the spec of one of the three kinds; the decoder keeps what was undecodable. */
export function decodeAdminPolicySpec(decoder: JsonDecoder, kind: string, spec: JsonObject): AdminPolicySpec {
  const decodePorts = kind === 'ClusterNetworkPolicy' ? decodeProtocols : decodeNumbers;
  const rules = (key: 'ingress' | 'egress', peers: 'from' | 'to'): readonly AdminRule[] =>
    (decoder.objects(spec, key) ?? []).map((rule) => ({
      action: decoder.text(rule, 'action') ?? '',
      peers: (decoder.objects(rule, peers) ?? []).map((peer) => ({
        ...decodeSubject(decoder, peer),
        networks: key === 'egress' ? (decoder.texts(peer, 'networks') ?? []) : [],
      })),
      ports: decodePorts(decoder, rule),
    }));
  return {
    tier: decoder.text(spec, 'tier') ?? '',
    priority: decoder.integer(spec, 'priority') ?? 0,
    subject: decodeSubject(decoder, decoder.object(spec, 'subject') ?? {}),
    ingress: rules('ingress', 'from'),
    egress: rules('egress', 'to'),
  };
}

function decodeSubject(decoder: JsonDecoder, subject: JsonObject): AdminSubject {
  const namespaces = decodeLabelSelector(decoder, subject, 'namespaces');
  const pods = decoder.object(subject, 'pods');
  return {
    ...(namespaces === undefined ? {} : { namespaces }),
    ...(pods === undefined
      ? {}
      : {
          pods: {
            namespaceSelector: decodeLabelSelector(decoder, pods, 'namespaceSelector') ?? {},
            podSelector: decodeLabelSelector(decoder, pods, 'podSelector') ?? {},
          },
        }),
  };
}

/** The form of v1alpha1; a named port is not supported by Calico there, and stands for everything. */
function decodeNumbers(decoder: JsonDecoder, rule: JsonObject): readonly AdminPort[] | string {
  const ports: AdminPort[] = [];
  for (const entry of decoder.objects(rule, 'ports') ?? []) {
    const number = decoder.object(entry, 'portNumber');
    const range = decoder.object(entry, 'portRange');
    const match = number ?? range;
    if (match === undefined) return [];
    const protocol = decoder.text(match, 'protocol') ?? '';
    const first = decoder.integer(match, number === undefined ? 'start' : 'port') ?? 0;
    const last = number === undefined ? (decoder.integer(match, 'end') ?? 0) : first;
    if (first > last) return rangeProblem(first, last);
    ports.push({ protocol: protocol === '' ? 'TCP' : protocol, port: { first, last, name: '' } });
  }
  return ports;
}

/** The form of v1alpha2. */
function decodeProtocols(decoder: JsonDecoder, rule: JsonObject): readonly AdminPort[] | string {
  const ports: AdminPort[] = [];
  for (const entry of decoder.objects(rule, 'protocols') ?? []) {
    const protocol = ['tcp', 'udp', 'sctp'].find((name) => decoder.object(entry, name) !== undefined);
    const name = decoder.text(entry, 'destinationNamedPort') ?? '';
    if (protocol === undefined) {
      if (name === '') return [];
      if (!/^[\w.-]{1,128}$/.test(name)) return `invalid name for named port (${name})`;
      ports.push({ protocol: '', port: { first: 0, last: 0, name } });
      continue;
    }
    const port = decoder.object(decoder.object(entry, protocol) ?? {}, 'destinationPort') ?? {};
    const number = decoder.integer(port, 'number') ?? 0;
    const range = decoder.object(port, 'range');
    const first = number === 0 && range !== undefined ? (decoder.integer(range, 'start') ?? 0) : number;
    const last = number === 0 && range !== undefined ? (decoder.integer(range, 'end') ?? 0) : number;
    if (first > last) return rangeProblem(first, last);
    const isAll = number === 0 && range === undefined;
    ports.push({ protocol: protocol.toUpperCase(), ...(isAll ? {} : { port: { first, last, name: '' } }) });
  }
  return ports;
}

function rangeProblem(first: number, last: number): string {
  return `minimum port number (${first}) is greater than maximum port number (${last}) in port range`;
}
