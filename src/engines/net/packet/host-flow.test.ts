import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { defaultInterface, evaluateHostFlow } from './host-flow.ts';
import type { Place } from './host-flow.ts';
import { build, calicoGlobal, packet, pod, showStep } from '../laws/network.fixture.ts';

const node: Place = { kind: 'node', node: 'node-1', interfaceName: defaultInterface };
const outside: Place = { kind: 'outside' };
const host = (spec: JsonObject): JsonObject =>
  calicoGlobal('HostEndpoint', 'host', { node: 'node-1', expectedIPs: ['192.0.2.1'], ...spec }, { host: 'yes' });
const policy = (spec: JsonObject): JsonObject =>
  calicoGlobal('GlobalNetworkPolicy', 'policy', { selector: 'has(host)', ...spec });

/** What each hook of the way from outside to the node said. */
function toNode(objects: readonly JsonObject[], port: number, protocol = 6, sourcePort = 40000): string[] {
  const { network } = build(objects);
  const sent = packet(network, '198.51.100.1', '192.0.2.1', port, protocol, sourcePort);
  const verdict = evaluateHostFlow(network, sent, outside, node);
  return verdict.hooks.map(({ hook, decision, steps }) => [hook, decision, ...steps.map(showStep)].join(' '));
}

describe('a host endpoint', () => {
  it('drops what is not failsafe as soon as it exists', () => {
    expect(toNode([host({})], 80)).toContain('filter INPUT deny no-profile-match deny');
    expect(toNode([host({})], 22)).toContain('filter INPUT allow failsafe allow');
    expect(toNode([], 80)).toContain('filter INPUT continue');
  });

  it('keeps open the ports that a FelixConfiguration says, for its node or for all', () => {
    const felix = (name: string, ports?: JsonObject[]): JsonObject =>
      calicoGlobal('FelixConfiguration', name, ports === undefined ? {} : { failsafeInboundHostPorts: ports });
    const ssh = { protocol: 'tcp', port: 22 };
    const isOpen = (...configurations: JsonObject[]): boolean =>
      toNode([host({}), ...configurations], 22).some((said) => said.includes('failsafe'));
    expect(isOpen(felix('default'))).toBe(true);
    expect(isOpen(felix('default', []))).toBe(false);
    expect(isOpen(felix('default', [{ ...ssh, net: '198.51.100.0/24' }]))).toBe(true);
    expect(isOpen(felix('default', [{ ...ssh, net: '203.0.113.0/24' }]))).toBe(false);
    expect(isOpen(felix('default', []), felix('node.node-1', [ssh]))).toBe(true);
    expect(isOpen(felix('default', [ssh]), felix('node.node-2', []))).toBe(true);
  });

  it('lets pass what its profiles allow', () => {
    expect(toNode([host({ profiles: ['projectcalico-default-allow'] })], 80)).toContain(
      'filter INPUT allow projectcalico-default-allow[0] allow',
    );
  });

  it('takes what an untracked or preDNAT policy accepted for accepted at the later hooks', () => {
    const early = (stage: string): JsonObject =>
      policy({ [stage]: true, applyOnForward: true, types: ['Ingress'], ingress: [{ action: 'Allow' }] });
    expect(toNode([host({}), early('doNotTrack')], 80)).toEqual([
      'raw PREROUTING allow default/policy[0] allow',
      'mangle PREROUTING allow',
      'filter INPUT allow',
    ]);
    expect(toNode([host({}), early('preDNAT')], 80)).toEqual([
      'raw PREROUTING continue',
      'mangle PREROUTING allow default/policy[0] allow',
      'filter INPUT allow',
    ]);
  });

  it('of all interfaces ignores untracked policy', () => {
    const untracked = policy({ doNotTrack: true, applyOnForward: true, ingress: [{ action: 'Deny' }] });
    expect(toNode([host({ interfaceName: '*' }), untracked], 80)[0]).toBe('raw PREROUTING continue');
    expect(toNode([host({ interfaceName: 'eth0' }), untracked], 80)).toEqual([
      'raw PREROUTING deny default/policy[0] deny',
    ]);
  });

  it('lets forwarded packets pass unless a policy for them selects it', () => {
    const forward = (applyOnForward: boolean): string | undefined => {
      const objects = [
        host({}),
        pod('shop', 'web', '10.0.0.1'),
        policy({ applyOnForward, ingress: [{ action: 'Deny' }] }),
      ];
      const { network } = build(objects);
      const [web] = network.pods;
      if (web === undefined) throw new Error('no pod');
      const flow = packet(network, '198.51.100.1', '10.0.0.1');
      return evaluateHostFlow(network, flow, outside, { kind: 'pod', pod: web }).decision;
    };
    expect(forward(false)).toBe('allow');
    expect(forward(true)).toBe('deny');
  });
});

describe('which host endpoint governs an interface', () => {
  const named = (name: string, spec: JsonObject): JsonObject =>
    calicoGlobal('HostEndpoint', name, { node: 'node-1', ...spec }, { host: name });
  const open = { profiles: ['projectcalico-default-allow'] };
  const isOpen = (...objects: JsonObject[]): boolean => !toNode(objects, 80).some((said) => said.includes('deny'));

  it('is the one of its name, and else the one of all interfaces', () => {
    const own = named('b-own', { interfaceName: defaultInterface, ...open });
    expect(isOpen(own, named('a-all', { interfaceName: '*' }))).toBe(true);
    expect(isOpen(named('own', { interfaceName: 'eth1' }), named('all', { interfaceName: '*', ...open }))).toBe(true);
  });

  it('is the first by name of several', () => {
    const closed = { interfaceName: defaultInterface };
    expect(isOpen(named('b', closed), named('a', { ...closed, ...open }))).toBe(true);
    expect(isOpen(named('a', closed), named('b', { ...closed, ...open }))).toBe(false);
  });

  it('is not a flow of another node', () => {
    expect(isOpen(named('other', { node: 'node-2', interfaceName: defaultInterface }))).toBe(true);
  });
});

describe('an untracked policy', () => {
  it('is not in force on the host endpoint of all interfaces', () => {
    const deny = policy({ doNotTrack: true, applyOnForward: true, types: ['Ingress'], ingress: [{ action: 'Deny' }] });
    const raw = (spec: JsonObject): string | undefined => toNode([host(spec), deny], 80)[0];
    expect(raw({ interfaceName: '*' })).toBe('raw PREROUTING continue');
    expect(raw({})).toBe('raw PREROUTING deny default/policy[0] deny');
  });

  it('leaves open the answers to what is failsafe the other way', () => {
    const deny = policy({ doNotTrack: true, applyOnForward: true, types: ['Ingress'], ingress: [{ action: 'Deny' }] });
    expect(toNode([host({}), deny], 40000, 17, 53)[0]).toBe('raw PREROUTING allow failsafe allow');
    expect(toNode([host({}), deny], 53, 17, 40000)[0]).toBe('raw PREROUTING deny default/policy[0] deny');
  });
});
