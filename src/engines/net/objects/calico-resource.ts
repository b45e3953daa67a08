import { defined } from '../../../lang/defined.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import type { JsonDecoder } from './decode-json.ts';

/*
 * Calico's own resources as libcalico's Go types hold them after decoding and before defaults and validation. Absent lists and
 * texts are empty, as in Go; where absence matters the field is optional.
 */

export interface CalicoPort {
  /** 0 for a named port. */
  readonly first: number;
  readonly last: number;
  /** '' for a numeric one. */
  readonly name: string;
}

/** A protocol as written: a number (also when written as a text of digits) or a name. */
export type CalicoProtocol = number | string;

export interface CalicoIcmp {
  readonly type?: number;
  readonly code?: number;
}

export interface CalicoPeer {
  readonly nets: readonly string[];
  readonly notNets: readonly string[];
  readonly selector: string;
  readonly notSelector: string;
  readonly namespaceSelector: string;
  readonly ports: readonly CalicoPort[];
  readonly notPorts: readonly CalicoPort[];
  readonly services?: { readonly name: string; readonly namespace: string };
  readonly serviceAccounts?: { readonly names: readonly string[]; readonly selector: string };
}

export interface CalicoHttp {
  readonly methods: readonly string[];
  readonly paths: readonly { readonly exact: string; readonly prefix: string }[];
}

export interface CalicoRule {
  readonly action: string;
  readonly ipVersion?: number;
  readonly protocol?: CalicoProtocol;
  readonly notProtocol?: CalicoProtocol;
  readonly icmp?: CalicoIcmp;
  readonly notIcmp?: CalicoIcmp;
  readonly source: CalicoPeer;
  readonly destination: CalicoPeer;
  readonly http?: CalicoHttp;
}

/** The spec of a NetworkPolicy or GlobalNetworkPolicy, and of their staged forms. */
export interface CalicoPolicySpec {
  readonly tier: string;
  readonly order?: number;
  readonly selector: string;
  readonly serviceAccountSelector: string;
  readonly namespaceSelector: string;
  readonly ingress: readonly CalicoRule[];
  readonly egress: readonly CalicoRule[];
  readonly types: readonly string[];
  readonly doNotTrack: boolean;
  readonly preDNAT: boolean;
  readonly applyOnForward: boolean;
  readonly stagedAction: string;
  readonly performanceHints: readonly string[];
}

/** A peer, rule or policy without any criterion. */
export const emptyPeer: CalicoPeer = {
  nets: [],
  notNets: [],
  selector: '',
  notSelector: '',
  namespaceSelector: '',
  ports: [],
  notPorts: [],
};

/** Decodes the spec of a policy; the decoder keeps what was undecodable. */
export function decodeCalicoPolicySpec(decoder: JsonDecoder, spec: JsonObject): CalicoPolicySpec {
  const order = decoder.number(spec, 'order');
  return {
    tier: decoder.text(spec, 'tier') ?? '',
    ...(order === undefined ? {} : { order }),
    selector: decoder.text(spec, 'selector') ?? '',
    serviceAccountSelector: decoder.text(spec, 'serviceAccountSelector') ?? '',
    namespaceSelector: decoder.text(spec, 'namespaceSelector') ?? '',
    ingress: decodeCalicoRules(decoder, spec, 'ingress'),
    egress: decodeCalicoRules(decoder, spec, 'egress'),
    types: decoder.texts(spec, 'types') ?? [],
    doNotTrack: decoder.flag(spec, 'doNotTrack') ?? false,
    preDNAT: decoder.flag(spec, 'preDNAT') ?? false,
    applyOnForward: decoder.flag(spec, 'applyOnForward') ?? false,
    stagedAction: decoder.text(spec, 'stagedAction') ?? '',
    performanceHints: decoder.texts(spec, 'performanceHints') ?? [],
  };
}

/** Decodes a list of rules. */
export function decodeCalicoRules(decoder: JsonDecoder, parent: JsonObject, key: string): readonly CalicoRule[] {
  return (decoder.objects(parent, key) ?? []).map((rule) => decodeRule(decoder, rule));
}

function decodeRule(decoder: JsonDecoder, rule: JsonObject): CalicoRule {
  const http = decoder.object(rule, 'http');
  return defined<CalicoRule>({
    action: decoder.text(rule, 'action') ?? '',
    ipVersion: decoder.integer(rule, 'ipVersion'),
    protocol: decodeProtocol(decoder, rule.protocol),
    notProtocol: decodeProtocol(decoder, rule.notProtocol),
    icmp: decodeIcmp(decoder, decoder.object(rule, 'icmp')),
    notIcmp: decodeIcmp(decoder, decoder.object(rule, 'notICMP')),
    source: decodePeer(decoder, decoder.object(rule, 'source')),
    destination: decodePeer(decoder, decoder.object(rule, 'destination')),
    http: http && decodeHttp(decoder, http),
  });
}

function decodePeer(decoder: JsonDecoder, peer: JsonObject | undefined): CalicoPeer {
  if (peer === undefined) return emptyPeer;
  const services = decoder.object(peer, 'services');
  const accounts = decoder.object(peer, 'serviceAccounts');
  return defined<CalicoPeer>({
    nets: decoder.texts(peer, 'nets') ?? [],
    notNets: decoder.texts(peer, 'notNets') ?? [],
    selector: decoder.text(peer, 'selector') ?? '',
    notSelector: decoder.text(peer, 'notSelector') ?? '',
    namespaceSelector: decoder.text(peer, 'namespaceSelector') ?? '',
    ports: decodePorts(decoder, peer, 'ports'),
    notPorts: decodePorts(decoder, peer, 'notPorts'),
    services: services && {
      name: decoder.text(services, 'name') ?? '',
      namespace: decoder.text(services, 'namespace') ?? '',
    },
    serviceAccounts: accounts && {
      names: decoder.texts(accounts, 'names') ?? [],
      selector: decoder.text(accounts, 'selector') ?? '',
    },
  });
}

function decodeHttp(decoder: JsonDecoder, http: JsonObject): CalicoHttp {
  return {
    methods: decoder.texts(http, 'methods') ?? [],
    paths: (decoder.objects(http, 'paths') ?? []).map((path) => ({
      exact: decoder.text(path, 'exact') ?? '',
      prefix: decoder.text(path, 'prefix') ?? '',
    })),
  };
}

function decodeIcmp(decoder: JsonDecoder, icmp: JsonObject | undefined): CalicoIcmp | undefined {
  if (icmp === undefined) return undefined;
  const type = decoder.integer(icmp, 'type');
  const code = decoder.integer(icmp, 'code');
  return { ...(type === undefined ? {} : { type }), ...(code === undefined ? {} : { code }) };
}

/** Decodes a number of 0 to 255 or a name. Mirrors numorstring.Uint8OrString. */
export function decodeProtocol(decoder: JsonDecoder, value: Json | undefined): CalicoProtocol | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return /^\d+$/.test(value) && Number(value) <= 255 ? Number(value) : value;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255) return value;
  decoder.fail(`protocol ${JSON.stringify(value)} is neither a name nor a number of 0 to 255`);
  return undefined;
}

function decodePorts(decoder: JsonDecoder, parent: JsonObject, key: string): readonly CalicoPort[] {
  return (decoder.list(parent, key) ?? []).map((value) => {
    const port = value === null ? noPort : typeof value === 'string' ? parsePort(value) : portNumber(value);
    if (typeof port !== 'string') return port;
    decoder.fail(port);
    return noPort;
  });
}

const noPort: CalicoPort = { first: 0, last: 0, name: '' };

function portNumber(value: Json): CalicoPort | string {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65535
    ? { first: value, last: value, name: '' }
    : `port ${JSON.stringify(value)} is not a number of 0 to 65535`;
}

/** Parses `80`, `80:90` or a name; a text is what is wrong with it. Mirrors numorstring.PortFromString. */
function parsePort(text: string): CalicoPort | string {
  const [, low, , high] = /^(\d+)(:(\d+))?$/.exec(text) ?? [];
  if (low === undefined) {
    return /^[\w.-]{1,128}$/.test(text) ? { first: 0, last: 0, name: text } : `invalid name for named port (${text})`;
  }
  const first = Number(low);
  const last = high === undefined ? first : Number(high);
  if (high === undefined && first > 65535) return `invalid port format (${text})`;
  if (first > 65535) return `invalid minimum port number in range (${text})`;
  if (last > 65535) return `invalid maximum port number in range (${text})`;
  if (first > last) {
    return `minimum port number (${first}) is greater than maximum port number (${last}) in port range`;
  }
  return { first, last, name: '' };
}
