import { describe, expect, it } from 'vitest';
import { loadCluster } from '../../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../../cluster/load/manifest.fixture.ts';
import { formatAddress } from '../../../lang/addresses/format-address.ts';
import { calicoPolicy } from '../laws/network.fixture.ts';
import { addressFlowEnd, internetFlowEnds } from './flow-end.ts';

/** The names and addresses of the internet, where a policy tells some blocks from the others. */
function internet(...blocks: readonly string[]): (string | undefined)[][] {
  const rules = blocks.map((block) => ({ action: 'Allow', source: { nets: [block] } }));
  const cluster = loadCluster(manifestsOf('p.yaml', calicoPolicy('shop', 'p', { ingress: rules })), {});
  return internetFlowEnds(cluster).map(({ name, address }) => [name, address && formatAddress(address)]);
}

describe('the internet', () => {
  it.each(['10.1.0.0/16', '172.20.0.0/14', '192.168.3.0/24', '100.64.0.0/10', '100.100.0.0/16', '224.0.0.0/4'])(
    'has no address in %s',
    (block) => {
      expect(internet(block)).toHaveLength(1);
    },
  );

  it('is several ends where policies tell its addresses apart, the largest first', () => {
    const [largest, other, ...rest] = internet('198.51.100.0/24');
    expect(largest?.[0]).toBe('internet');
    expect(other).toEqual(['internet (198.51.100.0/24)', '198.51.100.0']);
    expect(rest).toEqual([]);
  });

  it('has only what of a block is public', () => {
    expect(internet('100.0.0.0/8')[1]?.[0]).toBe('internet (100.0.0.0/10, 100.128.0.0/9)');
  });
});

describe('an address as an end of a flow', () => {
  it('is written in its shortest form', () => {
    expect(addressFlowEnd('2001:db8:0::1')?.name).toBe('2001:db8::1');
    expect(addressFlowEnd('10.0.0')).toBeUndefined();
  });
});
