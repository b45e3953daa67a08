import { describe, expect, it } from 'vitest';
import { namespace, pod } from '../laws/network.fixture.ts';
import { buildNetwork } from '../model/build-network.ts';
import { plainObjects } from './network-objects.ts';

describe('the labels that pods inherit', () => {
  const { network } = buildNetwork({
    ...plainObjects([namespace('a', { team: 'red' }), pod('a', 'x', '10.0.0.1'), pod('b', 'y', '10.0.0.2')]),
    unsaid: {
      openSets: false,
      podBlocks: [],
      namespaces: new Set(['b']),
      accounts: new Set(['a/default', 'a/robot']),
    },
  });
  const [x, y] = network.pods;

  it('are those of their namespace, and not known where nobody declares it', () => {
    expect([x?.labels.get('pcns.team'), x?.labels.isUnknown?.('pcns.team') ?? false]).toEqual(['red', false]);
    expect([y?.labels.get('pcns.team'), y?.labels.isUnknown?.('pcns.team')]).toEqual([undefined, true]);
    expect(y?.labels.get('pcns.kubernetes.io/metadata.name')).toBe('b');
  });

  it('are not known of an account that nobody declares, save the one that every namespace has', () => {
    expect(network.profiles.get('ksa.a.robot')?.openPrefix).toBe('pcsa.');
    expect(network.profiles.get('ksa.a.default')?.openPrefix).toBeUndefined();
  });
});
