import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { build, pod } from '../laws/network.fixture.ts';

const shown = (object: JsonObject) => build([object]).network.pods[0];
const one = pod('shop', 'one', '10.0.0.1', { app: 'web' });

describe('a pod as an endpoint', () => {
  it.each<[string, JsonObject]>([
    ['that has failed', { ...one, status: { podIP: '10.0.0.1', phase: 'Failed' } }],
    ['that has succeeded', { ...one, status: { podIP: '10.0.0.1', phase: 'Succeeded' } }],
    ['on the network of its node', { ...one, spec: { hostNetwork: true, containers: [] } }],
    [
      'that is deleted and has given its address back',
      {
        ...one,
        metadata: {
          namespace: 'shop',
          name: 'one',
          deletionTimestamp: '2026-01-01T00:00:00Z',
          annotations: { 'cni.projectcalico.org/podIP': '' },
        },
      },
    ],
  ])('is not one %s', (_, object) => {
    expect(shown(object)).toBeUndefined();
  });

  it('has the addresses of its status, or else those of its annotations', () => {
    const addresses = (status: JsonObject, annotations: JsonObject = {}): number | undefined =>
      shown({ ...one, metadata: { namespace: 'shop', name: 'one', annotations }, status })?.nets.length;
    expect(addresses({ podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] })).toBe(2);
    expect(addresses({ podIP: '10.0.0.1' })).toBe(1);
    expect(addresses({}, { 'cni.projectcalico.org/podIPs': '10.0.0.1/32,fd00::1/128' })).toBe(2);
    expect(addresses({})).toBe(0);
  });

  it('cannot give itself labels of its namespace or account, and has the account `default` unless it says another', () => {
    const labels = shown(
      pod('shop', 'one', '10.0.0.1', { 'pcns.team': 'red', 'pcsa.tier': 'web', app: 'web' }),
    )?.labels;
    expect(
      ['pcns.team', 'pcsa.tier', 'app', 'projectcalico.org/serviceaccount'].map((name) => labels?.get(name)),
    ).toEqual([undefined, undefined, 'web', 'default']);
  });

  it('names the ports of all its containers that have a name and a protocol with ports', () => {
    const containers = [{ ports: [{ name: 'http', containerPort: 80 }, { containerPort: 81 }] }];
    const initContainers = [
      {
        ports: [
          { name: 'dns', containerPort: 53, protocol: 'UDP' },
          { name: 'ping', containerPort: 1, protocol: 'ICMP' },
        ],
      },
    ];
    expect(shown({ ...one, spec: { containers, initContainers } })?.ports).toEqual([
      { name: 'http', protocol: 6, port: 80 },
      { name: 'dns', protocol: 17, port: 53 },
    ]);
  });
});
