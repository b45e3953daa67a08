import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../model/object.ts';
import { formatFieldPath } from '../../../../text/tree.ts';
import { build, calicoGlobal, calicoPolicy, kubernetesPolicy } from '../../laws/network.fixture.ts';

/** Where and why an object is refused. */
function problem(object: JsonObject): [path: string, rest: string] {
  const { path = [], message = '' } = build([object]).refused[0] ?? {};
  const field = formatFieldPath(path);
  return [field, message.startsWith(`${field}: `) ? message.slice(field.length + 2) : `(without its path) ${message}`];
}

const second = (rule: JsonObject): JsonObject =>
  calicoPolicy('shop', 'p', { egress: [{ action: 'Allow' }, { action: 'Allow', ...rule }] });

describe('a refusal by Calico is at the field', () => {
  it.each<[string, JsonObject, string]>([
    ['spec.egress[1].protocol', second({ protocol: 'tcp' }), 'protocol name invalid'],
    ['spec.egress[1].notProtocol', second({ notProtocol: 0 }), 'protocol number invalid'],
    [
      'spec.egress[1].ipVersion',
      second({ ipVersion: 4, protocol: 'ICMPv6' }),
      "must set ipversion to '6' with protocol icmpv6",
    ],
    [
      'spec.egress[1].icmp.type',
      second({ protocol: 'ICMP', icmp: { type: 255 } }),
      'ICMP type must be between 0 and 254',
    ],
    ['spec.egress[1].notICMP.code', second({ notICMP: { code: 1 } }), 'ICMP code specified without an ICMP type'],
    [
      'spec.egress[1].source.nets[1]',
      second({ source: { nets: ['10.0.0.0/8', '10.0.0.1/8'] } }),
      '10.0.0.1/8 has bits set after its mask',
    ],
    [
      'spec.egress[1].destination.nets',
      second({ ipVersion: 6, destination: { nets: ['10.0.0.0/8'] } }),
      "rule IP version doesn't match CIDR version",
    ],
    [
      'spec.egress[1].destination.ports',
      second({ destination: { ports: [80] } }),
      'rules with numeric port or port range must set protocol to TCP or UDP or SCTP',
    ],
    [
      'spec.egress[1].source.notPorts',
      second({ source: { notPorts: [80] } }),
      'rules with numeric port or port range must set protocol to TCP or UDP or SCTP',
    ],
    [
      'spec.egress[1].destination.ports[1]',
      second({ protocol: 'TCP', destination: { ports: [80, 0] } }),
      'port number must be between 1 and 65535',
    ],
    [
      'spec.egress[1].source.services',
      second({ source: { services: { name: 'web' } } }),
      'not allowed in egress rule source',
    ],
    ['spec.egress[1].http', second({ http: { methods: ['GET'] } }), 'not allowed in egress rule'],
    ['spec.tier', calicoPolicy('shop', 'p', { tier: 'none' }), 'resource does not exist: Tier(none)'],
    ['spec.types[0]', calicoPolicy('shop', 'p', { types: ['ingress'] }), '"ingress" is neither Ingress nor Egress'],
    [
      'spec.nets[1]',
      calicoGlobal('GlobalNetworkSet', 's', { nets: ['10.0.0.0/8', 'x'] }),
      '"x" is neither a block nor an address',
    ],
    [
      'spec.ports[0].port',
      calicoGlobal('HostEndpoint', 'h', {
        node: 'n',
        interfaceName: '*',
        ports: [{ name: 'a', protocol: 'TCP', port: 0 }],
      }),
      'must be between 1 and 65535',
    ],
    [
      'spec.order',
      calicoGlobal('Tier', 'kube-admin', { order: 5, defaultAction: 'Pass' }),
      'kube-admin tier order must be 1000',
    ],
  ])('%s', (path, object, message) => {
    expect(problem(object)).toEqual([path, message]);
  });
});

describe('a refusal by the API server is at the field', () => {
  const to = (peer: JsonObject): JsonObject =>
    kubernetesPolicy('shop', 'p', { podSelector: {}, egress: [{}, { to: [{ podSelector: {} }, peer] }] });
  const ports = (port: JsonObject): JsonObject =>
    kubernetesPolicy('shop', 'p', { podSelector: {}, ingress: [{ ports: [{ port: 80 }, port] }] });
  it.each<[string, JsonObject, string]>([
    ['spec.egress[1].to[1]', to({}), 'must specify a peer'],
    ['spec.egress[1].to[1].ipBlock.cidr', to({ ipBlock: { cidr: '10.0.0.0' } }), 'must be a valid CIDR value'],
    [
      'spec.egress[1].to[1].ipBlock.except[1]',
      to({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.0.0.0/8'] } }),
      'must be a strict subset of `cidr`',
    ],
    ['spec.ingress[0].ports[1].endPort', ports({ port: 80, endPort: 79 }), 'must be greater than or equal to `port`'],
    ['spec.ingress[0].ports[1].port', ports({ port: 0 }), 'must be between 1 and 65535, inclusive'],
    [
      'spec.policyTypes[0]',
      kubernetesPolicy('shop', 'p', { podSelector: {}, policyTypes: ['ingress'] }),
      'Unsupported value: "ingress": supported values: "Egress", "Ingress"',
    ],
    ['metadata.name', kubernetesPolicy('shop', 'P', { podSelector: {} }), 'must be a lower case DNS subdomain'],
  ])('%s', (path, object, message) => {
    expect(problem(object)).toEqual([path, message]);
  });
});

describe('a refusal by felix is at the field', () => {
  const stored = (rule: JsonObject): JsonObject => ({
    ...calicoPolicy('shop', 'p', { ingress: [{ action: 'Allow', ...rule }] }),
    apiVersion: 'crd.projectcalico.org/v1',
  });
  it.each<[string, JsonObject, string]>([
    ['spec.ingress[0].action', stored({ action: 'Reject' }), 'is unknown'],
    [
      'spec.ingress[0].source.selector',
      stored({ source: { selector: 'a = b' } }),
      'expected == or != or in or not in or contains',
    ],
    ['spec.ingress[0].icmp', stored({ icmp: { type: 300 } }), 'type or code is out of range'],
  ])('%s', (path, object, message) => {
    const [at, text] = problem(object);
    expect([at, text.slice(0, 11)]).toEqual([path, message.slice(0, 11)]);
  });
});
