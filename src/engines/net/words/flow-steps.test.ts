import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { build, calicoPolicy, packet, pod } from '../laws/network.fixture.ts';
import { evaluateEndpoint } from '../packet/evaluate-endpoint.ts';
import { sideSteps } from './flow-steps.ts';

/** What the walk says about the only rule of a policy, for TCP from 192.0.2.1, port 40000, to port 80. */
function said(rule: JsonObject): string | undefined {
  const { network } = build([
    pod('shop', 'web', '10.0.0.1'),
    calicoPolicy('shop', 'p', { ingress: [{ action: 'Allow', ...rule }] }),
  ]);
  const [endpoint] = network.pods;
  if (endpoint === undefined) throw new Error('no pod');
  const sent = packet(network, '192.0.2.1', '10.0.0.1');
  const verdict = evaluateEndpoint(network, endpoint, 'ingress', sent);
  const [tier] = sideSteps(network, { direction: 'ingress', endpoint, verdict }, sent).steps ?? [];
  return tier?.steps?.[0]?.steps?.[0]?.sentence;
}

describe('why a rule does not match', () => {
  it.each<[string, JsonObject]>([
    ['matches, allow', {}],
    ['it is for IPv6', { ipVersion: 6 }],
    ['another protocol', { protocol: 'UDP' }],
    ['another protocol', { notProtocol: 'TCP' }],
    ['another source', { source: { nets: ['198.51.100.0/24'] } }],
    ['another source', { source: { selector: 'all()' } }],
    ['another destination', { destination: { notNets: ['10.0.0.0/8'] } }],
    ['another port', { protocol: 'TCP', destination: { ports: [443] } }],
    ['another port', { protocol: 'TCP', destination: { notPorts: [80] } }],
    ['another source port', { protocol: 'TCP', source: { ports: [1] }, destination: { ports: [80] } }],
    ['another source', { protocol: 'TCP', source: { nets: ['198.51.100.0/24'] }, destination: { ports: [443] } }],
  ])('is said: %s', (reason, rule) => {
    expect(said(rule)).toBe(`spec.ingress[0]: ${reason}`);
  });
});
