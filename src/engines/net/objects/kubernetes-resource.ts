import type { LabelSelector } from '../../../lang/label-selector.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { JsonDecoder } from './decode-json.ts';

/* Kubernetes' NetworkPolicy as the API server holds it after decoding. */

export interface KubernetesPort {
  readonly protocol?: string;
  readonly port?: number | string;
  readonly endPort?: number;
}

export interface KubernetesPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except: readonly string[] };
}

export interface KubernetesRule {
  readonly peers: readonly KubernetesPeer[];
  readonly ports: readonly KubernetesPort[];
}

export interface KubernetesPolicySpec {
  readonly podSelector: LabelSelector;
  readonly ingress: readonly KubernetesRule[];
  readonly egress: readonly KubernetesRule[];
  readonly policyTypes: readonly string[];
}

/** Decodes the spec of a NetworkPolicy; the decoder keeps what was undecodable. */
export function decodeKubernetesPolicySpec(decoder: JsonDecoder, spec: JsonObject): KubernetesPolicySpec {
  return {
    podSelector: decodeLabelSelector(decoder, spec, 'podSelector') ?? {},
    ingress: decodeRules(decoder, spec, 'ingress', 'from'),
    egress: decodeRules(decoder, spec, 'egress', 'to'),
    policyTypes: decoder.texts(spec, 'policyTypes') ?? [],
  };
}

/** Decodes a label selector; undefined when it is absent, which is not the same as empty. */
export function decodeLabelSelector(decoder: JsonDecoder, parent: JsonObject, key: string): LabelSelector | undefined {
  const selector = decoder.object(parent, key);
  if (selector === undefined) return undefined;
  return {
    matchLabels: Object.fromEntries(decoder.labels(selector, 'matchLabels')),
    matchExpressions: (decoder.objects(selector, 'matchExpressions') ?? []).map((requirement) => ({
      key: decoder.text(requirement, 'key') ?? '',
      operator: decoder.text(requirement, 'operator') ?? '',
      values: decoder.texts(requirement, 'values') ?? [],
    })),
  };
}

function decodeRules(
  decoder: JsonDecoder,
  spec: JsonObject,
  key: 'ingress' | 'egress',
  peers: 'from' | 'to',
): readonly KubernetesRule[] {
  return (decoder.objects(spec, key) ?? []).map((rule) => ({
    peers: (decoder.objects(rule, peers) ?? []).map((peer) => decodePeer(decoder, peer)),
    ports: (decoder.objects(rule, 'ports') ?? []).map((port) => decodePort(decoder, port)),
  }));
}

function decodePeer(decoder: JsonDecoder, peer: JsonObject): KubernetesPeer {
  const podSelector = decodeLabelSelector(decoder, peer, 'podSelector');
  const namespaceSelector = decodeLabelSelector(decoder, peer, 'namespaceSelector');
  const ipBlock = decoder.object(peer, 'ipBlock');
  return {
    ...(podSelector === undefined ? {} : { podSelector }),
    ...(namespaceSelector === undefined ? {} : { namespaceSelector }),
    ...(ipBlock === undefined
      ? {}
      : { ipBlock: { cidr: decoder.text(ipBlock, 'cidr') ?? '', except: decoder.texts(ipBlock, 'except') ?? [] } }),
  };
}

function decodePort(decoder: JsonDecoder, port: JsonObject): KubernetesPort {
  const protocol = decoder.text(port, 'protocol');
  const endPort = decoder.integer(port, 'endPort');
  const number = port.port;
  if (number !== undefined && number !== null && typeof number !== 'string' && !Number.isInteger(number)) {
    decoder.fail('port is neither a string nor an integer');
  }
  return {
    ...(protocol === undefined ? {} : { protocol }),
    ...(typeof number === 'number' || typeof number === 'string' ? { port: number } : {}),
    ...(endPort === undefined ? {} : { endPort }),
  };
}
