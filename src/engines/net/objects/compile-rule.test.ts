import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { build, calicoPolicy } from '../laws/network.fixture.ts';
import type { Rule } from '../form/normal-form.ts';

function compiled(rule: JsonObject): Rule | undefined {
  const { network } = build([calicoPolicy('shop', 'p', { ingress: [{ action: 'Allow', ...rule }] })]);
  return network.tiers[0]?.policies[0]?.rules.ingress[0];
}

describe('a compiled rule', () => {
  it.each<[string, JsonObject, number | undefined]>([
    ['the name ICMP', { protocol: 'ICMP' }, 4],
    ['the name ICMPv6', { protocol: 'ICMPv6' }, 6],
    ['the number of ICMP', { protocol: 1 }, undefined],
    ['the number of ICMPv6', { protocol: 58 }, undefined],
    ['all protocols but ICMPv6', { notProtocol: 'ICMPv6' }, undefined],
    ['its own version', { ipVersion: 6, protocol: 'TCP' }, 6],
  ])('is confined to a family by %s', (_, rule, family) => {
    expect(compiled(rule)?.family).toBe(family);
  });

  it('has a selector only for an end that asks for endpoints', () => {
    expect(Object.keys(compiled({ source: { nets: ['10.0.0.0/8'] } })?.source ?? {})).toEqual(['nets']);
    expect(Object.keys(compiled({ source: { notSelector: 'has(a)' } })?.source ?? {})).toEqual(['selector']);
    expect(compiled({})?.source).toEqual({});
  });

  it('looks at the ports of a Service only where it is the destination', () => {
    const service = { services: { name: 'web', namespace: 'shop' } };
    expect(compiled({ source: service })?.source.service?.ports).toBe(false);
    const { network } = build([calicoPolicy('shop', 'p', { egress: [{ action: 'Allow', destination: service }] })]);
    expect(network.tiers[0]?.policies[0]?.rules.egress[0]?.destination.service?.ports).toBe(true);
  });
});
