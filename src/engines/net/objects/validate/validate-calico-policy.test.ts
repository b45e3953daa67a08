import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../model/object.ts';
import { build, calicoGlobal, calicoPolicy } from '../../laws/network.fixture.ts';

const rule = (ingress: JsonObject): JsonObject =>
  calicoPolicy('shop', 'p', { ingress: [{ action: 'Allow', ...ingress }] });
const problem = (object: JsonObject): string | undefined => build([object]).refused[0]?.message;

describe('what Calico refuses in a rule', () => {
  it.each<[string, JsonObject, string]>([
    ['a lower case action', { action: 'allow' }, 'is not one of'],
    ['a lower case protocol', { protocol: 'tcp' }, 'protocol name invalid'],
    ['protocol 0', { protocol: 0 }, 'protocol number invalid'],
    ['an address without a mask', { source: { nets: ['10.0.0.1'] } }, 'invalid CIDR'],
    ['a block with bits after its mask', { source: { nets: ['10.0.0.1/8'] } }, 'after its mask'],
    ['two families', { source: { nets: ['10.0.0.0/8', 'fd00::/8'] } }, 'both IPv4 and IPv6'],
    ['everything, negated', { source: { notNets: ['::/0'] } }, 'catch-all'],
    ['a number without a protocol', { destination: { ports: [80] } }, 'must set protocol'],
    ['a port of ICMP', { protocol: 'ICMP', destination: { ports: ['http'] } }, 'must set protocol'],
    ['a code without a type', { protocol: 'ICMP', icmp: { code: 0 } }, 'without an ICMP type'],
    ['ICMP without its protocol', { icmp: { type: 8 } }, 'must set protocol to ICMP'],
    ['global() beside something', { source: { namespaceSelector: "global() && a == 'b'" } }, 'cannot be combined'],
    ['global() as a selector', { source: { selector: 'global()' } }, 'can only be used'],
    ['ports of a service', { destination: { services: { name: 's' }, ports: ['http'] } }, 'service selector'],
    ['http of a denial', { action: 'Deny', http: { methods: ['GET'] } }, 'only valid for Allow'],
  ])('%s', (_, ingress, expected) => {
    expect(problem(rule(ingress))).toContain(expected);
  });

  it('a port range that is upside down cannot even be decoded', () => {
    expect(build([rule({ protocol: 'TCP', destination: { ports: ['90:80'] } })]).refused[0]?.by).toBe('decode');
  });

  it('nothing, when only named ports stand without a protocol', () => {
    expect(problem(rule({ destination: { ports: ['http'] } }))).toBeUndefined();
  });
});

describe('what Calico refuses in a policy', () => {
  it.each<[string, JsonObject, string]>([
    ['a tier that does not exist', calicoPolicy('shop', 'p', { tier: 'none' }), 'does not exist'],
    ['a type twice', calicoPolicy('shop', 'p', { types: ['Egress', 'Egress'] }), 'more than once'],
    ['a name with two dots', calicoPolicy('shop', 'a.b.c', {}), 'metadata.name'],
    [
      'a selector that does not parse',
      calicoPolicy('shop', 'p', { selector: "a = 'b'" }),
      'spec.selector: expected ==',
    ],
    [
      'preDNAT that is not for forwarded packets',
      calicoGlobal('GlobalNetworkPolicy', 'p', { preDNAT: true }),
      'ApplyOnForward',
    ],
    [
      'a staged deletion that says more',
      calicoPolicy('shop', 'p', { stagedAction: 'Delete', order: 1 }, 'StagedNetworkPolicy'),
      'zero-value',
    ],
    ['another order of the default tier', calicoGlobal('Tier', 'default', { order: 5 }), 'must be 1000000'],
  ])('%s', (_, object, expected) => {
    expect(problem(object)).toContain(expected);
  });

  it('selectors that cannot be combined are dropped by felix', () => {
    expect(build([calicoPolicy('shop', 'p', { selector: ' ' })]).refused[0]?.by).toBe('felix');
  });
});
