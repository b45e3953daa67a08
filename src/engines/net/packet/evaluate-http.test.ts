import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { build, calicoGlobal, calicoPolicy, packet, pod } from '../laws/network.fixture.ts';
import { evaluateHttp } from './evaluate-http.ts';
import type { HttpRequest } from './evaluate-http.ts';

/** What the sidecar of a pod answers to a request. */
function answer(
  objects: readonly JsonObject[],
  request: HttpRequest = { method: 'GET', path: '/' },
  { from = '192.0.2.1', port = 80, protocol = 6 } = {},
): string {
  const { network } = build([pod('shop', 'web', '10.0.0.1', { app: 'web' }), ...objects]);
  const [endpoint] = network.pods;
  if (endpoint === undefined) throw new Error('no pod');
  return evaluateHttp(network, endpoint, 'ingress', packet(network, from, '10.0.0.1', port, protocol), request);
}

const allow = (rule: JsonObject): JsonObject =>
  calicoPolicy('shop', 'allow', { ingress: [{ action: 'Allow', ...rule }] });

describe('what Dikastes answers to a request', () => {
  it('is what the profiles say where no policy selects the pod', () => {
    expect(answer([])).toBe('allow');
  });

  it('is no at the end of a tier that denies, and at that of the profiles', () => {
    expect(answer([allow({ protocol: 'UDP' })])).toBe('deny');
    expect(answer([calicoPolicy('shop', 'pass', { ingress: [{ action: 'Pass' }] })])).toBe('allow');
  });

  it('depends on method and path', () => {
    const get = allow({ http: { methods: ['GET'], paths: [{ prefix: '/a' }] } });
    expect(answer([get], { method: 'GET', path: '/a/b' })).toBe('allow');
    expect(answer([get], { method: 'POST', path: '/a/b' })).toBe('deny');
    expect(answer([get], { method: 'GET', path: '/ab' })).toBe('deny');
    const any = allow({ http: { methods: ['*'], paths: [{ exact: '/a' }] } });
    expect(answer([any], { method: 'PUT', path: '/a?b' })).toBe('allow');
    expect(answer([any], { method: 'PUT', path: '/a/b' })).toBe('deny');
  });

  it('is no to a path that is none, as soon as a rule asks for a path', () => {
    const first = calicoPolicy('shop', 'allow', {
      ingress: [{ action: 'Allow', http: { paths: [{ exact: '/a' }] } }, { action: 'Allow' }],
    });
    expect(answer([first], { method: 'GET', path: 'a' })).toBe('deny');
    expect(answer([first], { method: 'GET', path: '/b' })).toBe('allow');
    expect(answer([allow({})], { method: 'GET', path: 'a' })).toBe('allow');
  });

  it('goes on after a rule that only logs', () => {
    expect(answer([calicoPolicy('shop', 'log', { ingress: [{ action: 'Log' }, { action: 'Allow' }] })])).toBe('allow');
  });

  it('knows no names of ports', () => {
    expect(answer([allow({ protocol: 'TCP', destination: { ports: ['http'] } })], undefined, { port: 8080 })).toBe(
      'deny',
    );
    expect(answer([allow({ protocol: 'TCP', destination: { ports: [80] } })])).toBe('allow');
    expect(answer([allow({ protocol: 'TCP', destination: { notPorts: [80] } })])).toBe('deny');
  });

  it('does not find an address by a block of a network set that is smaller than its table', () => {
    const set = (net: string): JsonObject => calicoGlobal('GlobalNetworkSet', 'set', { nets: [net] }, { set: 'yes' });
    const peers = allow({ source: { selector: 'has(set)', namespaceSelector: 'global()' } });
    expect(answer([set('192.0.2.0/24'), peers])).toBe('allow');
    expect(answer([set('192.0.2.1/32'), peers])).toBe('allow');
    expect(answer([set('192.0.2.0/25'), peers])).toBe('deny');
    expect(answer([set('192.0.2.0/31'), peers])).toBe('deny');
  });

  it('takes blocks as they stand, whatever the family of the packet', () => {
    expect(answer([allow({ source: { nets: ['192.0.2.0/24'] } })])).toBe('allow');
    expect(answer([allow({ source: { nets: ['198.51.100.0/24'] } })])).toBe('deny');
    expect(answer([allow({ source: { notNets: ['fd00::/8'] } })])).toBe('allow');
  });

  it('is never told of staged policies', () => {
    expect(answer([calicoPolicy('shop', 'deny', { ingress: [{ action: 'Deny' }] }, 'StagedNetworkPolicy')])).toBe(
      'allow',
    );
  });
});
