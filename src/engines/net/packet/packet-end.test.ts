import { describe, expect, it } from 'vitest';
import { parseCidr } from '../../../lang/addresses/cidr.ts';
import { calicoGlobal, pod } from '../laws/network.fixture.ts';
import { buildNetwork } from '../model/build-network.ts';
import { plainObjects } from '../objects/network-objects.ts';
import { unplacedEnd } from './packet-end.ts';

describe('a pod whose address is not known', () => {
  const blocks = ['10.0.0.0/16'].flatMap((text) => parseCidr(text)?.cidr ?? []);
  const set = (name: string, ...nets: string[]) => calicoGlobal('GlobalNetworkSet', name, { nets });
  const objects = [
    { ...pod('shop', 'web', '10.0.0.1'), status: {} },
    set('around', '10.0.0.0/8'),
    set('part', '10.0.1.0/24'),
    set('elsewhere', '192.0.2.0/24'),
    set('open'),
  ];
  const owners = (openSets: boolean): (readonly string[])[] => {
    const unsaid = { openSets, podBlocks: blocks, namespaces: new Set<string>(), accounts: new Set<string>() };
    const { network } = buildNetwork({ ...plainObjects(objects), unsaid });
    const [web] = network.pods;
    if (web === undefined) throw new Error('no pod');
    const end = unplacedEnd(network, web, 4);
    return [end.owners, end.possibleOwners ?? []].map((all) => all.map(({ object }) => object.name));
  };

  it('belongs to the sets that hold all addresses of pods, and may belong to those that hold some', () => {
    expect(owners(false)).toEqual([['web', 'around'], ['part']]);
  });

  it('may belong to sets whose members are not known', () => {
    expect(owners(true)).toEqual([
      ['web', 'around'],
      ['part', 'open'],
    ]);
  });
});
