import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { build, calicoPolicy, pod } from '../laws/network.fixture.ts';
import { closeOrders } from './close-orders.ts';

const policy = (name: string, order: number, rule: JsonObject): JsonObject =>
  calicoPolicy('shop', name, { order, ingress: [{ protocol: 'TCP', ...rule }] });

function close(gap: number, ...policies: readonly JsonObject[]): string[] {
  const { network } = build([pod('shop', 'web', '10.0.0.1'), ...policies]);
  return closeOrders(network, gap).value.map(({ first, second }) => `${first.name} ${second.name}`);
}

describe('orders that are close', () => {
  const allow = policy('allow', 10, { action: 'Allow', destination: { ports: [80] } });

  it('differ by less than the gap', () => {
    const deny = policy('deny', 20, { action: 'Deny' });
    expect(close(11, allow, deny)).toEqual(['allow deny']);
    expect(close(10, allow, deny)).toEqual([]);
  });

  it('are not the same', () => {
    expect(close(11, allow, policy('deny', 10, { action: 'Deny' }))).toEqual([]);
  });

  it('are of policies that decide some packet of a pod differently', () => {
    expect(close(11, allow, policy('other', 20, { action: 'Allow' }))).toEqual([]);
    expect(close(11, allow, policy('other', 20, { action: 'Deny', destination: { ports: [81] } }))).toEqual([]);
  });
});
