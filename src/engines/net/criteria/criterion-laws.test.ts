import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCidr } from '../../../lang/addresses/cidr.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import { parseAddress } from '../../../lang/addresses/cidr.ts';
import { isSelectorError, parseSelector } from '../../../lang/calico-selector/parse-selector.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import { valueAt } from '../../../lang/traffic/diagram.ts';
import { TrafficAlgebra } from '../../../lang/traffic/traffic-set.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { PeerMatch, PortMatch, Rule } from '../form/normal-form.ts';
import type { Packet } from '../form/packet.ts';
import { drawnPacket, openParts } from '../laws/drawn-network.fixture.ts';
import { calicoGlobal, calicoPolicy, namespace, pod } from '../laws/network.fixture.ts';
import { buildNetwork } from '../model/build-network.ts';
import { outsideClasses } from '../model/outside-classes.ts';
import { plainObjects } from '../objects/network-objects.ts';
import { packetEnd } from '../packet/packet-end.ts';
import { Peers } from '../sets/peers.ts';
import { endCriteria, endCriteriaTable, ruleCriteria, ruleCriteriaTable } from './criteria.ts';
import type { EndCriterion } from './criterion.ts';

/* Every criterion says the same of one packet, of sets of packets and of sets of peers. */

const block = (text: string): Cidr[] => {
  const parsed = parseCidr(text);
  return parsed === undefined ? [] : [parsed.cidr];
};
const selector = (text: string): SelectorNode => {
  const parsed = parseSelector(text);
  if (isSelectorError(parsed)) throw new Error(parsed.message);
  return parsed;
};

const nets = fc
  .uniqueArray(
    fc.constantFrom(
      '0.0.0.0/0',
      '10.0.0.0/24',
      '10.0.0.1/32',
      '10.0.0.128/25',
      '192.0.2.0/24',
      '198.51.100.0/24',
      'fd00::/8',
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((texts) => texts.flatMap(block));
const selectors = fc
  .constantFrom(
    'all()',
    "app == 'x'",
    "app != 'x'",
    'has(set)',
    "pcns.team == 'red'",
    '!has(pcns.team)',
    "app in {'y'}",
  )
  .map(selector);
const ports: fc.Arbitrary<PortMatch> = fc.record({
  ranges: fc.constantFrom(
    [],
    [{ first: 80, last: 80 }],
    [
      { first: 53, last: 79 },
      { first: 8080, last: 8080 },
    ],
  ),
  names: fc.constantFrom<string[]>([], ['http'], ['none']),
});

type Drawn<T> = { readonly [K in keyof T]-?: fc.Arbitrary<NonNullable<T[K]>> };

/** Values of each criterion of an end: a new one has to be drawn too. */
const endValues: Drawn<PeerMatch> = {
  selector: selectors,
  notSelector: selectors,
  nets,
  notNets: nets,
  ports,
  notPorts: ports,
  service: fc.record({
    namespace: fc.constant('a'),
    name: fc.constantFrom('web', 'none'),
    ports: fc.boolean(),
  }),
  unsettled: fc.constant(['the value is not known']),
};
const ruleValues: Drawn<Omit<Rule, 'action' | 'source' | 'destination' | 'origin'>> = {
  family: fc.constantFrom(4, 6),
  protocol: fc.constantFrom(1, 6, 17, -1),
  notProtocol: fc.constantFrom(1, 6, 17, -1),
  icmp: fc.constantFrom({ type: 8 }, { type: 8, code: 1 }, { type: 0 }),
  notIcmp: fc.constantFrom({ type: 8 }, { type: 8, code: 1 }, { type: 0 }),
  http: fc.constant({ methods: ['GET'], paths: [] }),
};

const drawnEnd = fc.constantFrom(...(Object.keys(endCriteriaTable) as (keyof PeerMatch)[])).chain((key) =>
  fc.tuple(endValues[key] as fc.Arbitrary<unknown>, fc.option(selectors, { nil: undefined })).map(([value, among]) => ({
    // Ports ask for their names only where the selector matches.
    ...((key === 'ports' || key === 'notPorts') && among !== undefined ? { selector: among } : {}),
    [key]: value,
  })),
) as fc.Arbitrary<PeerMatch>;

const objects: readonly JsonObject[] = [
  namespace('a', { team: 'red' }),
  pod('a', 'x', '10.0.0.1', { app: 'x' }),
  pod('a', 'y', '10.0.0.2', { app: 'y' }),
  pod('b', 'x', '10.0.0.200', { app: 'x' }),
  calicoGlobal('GlobalNetworkSet', 'set', { nets: ['192.0.2.0/25', '10.0.0.2/32'] }, { set: 'yes' }),
  calicoGlobal('GlobalNetworkSet', 'open', {}, { set: 'open', app: 'y' }),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'a', name: 'web' },
    spec: { selector: { app: 'x' }, ports: [{ port: 80, targetPort: 8080 }] },
  },
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { namespace: 'a', name: 'web-1', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.0.0.1'] }, { addresses: ['198.51.100.7'] }],
    ports: [{ port: 8080, protocol: 'TCP' }],
  },
  // Cuts the addresses outside as the drawn blocks do.
  calicoPolicy('a', 'cuts', {
    ingress: [
      { action: 'Allow', source: { nets: ['10.0.0.0/24', '198.51.100.0/24'] } },
      { action: 'Allow', source: { nets: ['10.0.0.128/25', '192.0.2.0/24'] } },
      { action: 'Allow', source: { services: { namespace: 'a', name: 'web' } } },
    ],
  }),
];
const { network } = buildNetwork({
  ...plainObjects(objects),
  unsaid: {
    openSets: true,
    podBlocks: block('10.0.0.0/24'),
    namespaces: new Set(['b']),
    accounts: new Set<string>(),
  },
});
const peers = new Peers(network, 4);
const addresses = [
  '10.0.0.1',
  '10.0.0.2',
  '10.0.0.200',
  '10.0.0.77',
  '192.0.2.1',
  '192.0.2.200',
  '198.51.100.7',
  '203.0.113.1',
].map((text) => {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(text);
  return packetEnd(network, address);
});

const origin = { object: { apiVersion: 'v1', kind: 'Test', namespace: '', name: 'test' }, path: [] };
const rule: Rule = { action: 'allow', source: {}, destination: {}, origin };
const algebra = new TrafficAlgebra();

function packetTo(open: readonly [number, number, number], end: Packet['destination']): Packet {
  const { protocol, port, sourcePort, icmp } = openParts(open);
  const [source] = addresses;
  if (source === undefined) throw new Error('no address');
  return {
    family: 4,
    protocol,
    source: { ...source, ...(sourcePort === undefined ? {} : { port: sourcePort }) },
    destination: { ...end, ...(port === undefined ? {} : { port }) },
    ...(icmp === undefined ? {} : { icmp }),
  };
}

function each(match: PeerMatch, law: (criterion: EndCriterion) => void): void {
  for (const criterion of endCriteria(match)) law(criterion);
}

describe('a criterion of one end', () => {
  it('satisfies the same addresses one by one and as a set of peers', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(drawnEnd, (match) => {
        each(match, (criterion) => {
          const { sure, possible } = criterion.peers(peers.index);
          for (const [number, { end }] of peers.all.entries()) {
            const truth = criterion.matchesAddress(end, 4, network);
            seen.add(`${criterion.constructor.name} ${String(truth)}`);
            expect([sure.has(number), possible.has(number)]).toEqual([truth === true, truth !== false]);
          }
        });
      }),
      { numRuns: 300 },
    );
    for (const name of ['Nets', 'NotNets', 'Selector', 'NotSelector', 'ServiceAddresses']) {
      expect([...seen]).toEqual(expect.arrayContaining([`${name}Criterion true`, `${name}Criterion false`]));
    }
    expect([...seen]).toEqual(expect.arrayContaining(['SelectorCriterion maybe', 'NotSelectorCriterion maybe']));
  });

  it('matches the same packets one by one and as a set of packets, within its bounds', () => {
    fc.assert(
      fc.property(
        drawnEnd,
        drawnPacket,
        fc.constantFrom(...addresses),
        fc.constantFrom(undefined, 6, 17),
        (match, open, end, protocol) => {
          const asked: Rule = { ...rule, ...(protocol === undefined ? {} : { protocol }) };
          const packet = packetTo(open, end);
          each(match, (criterion) => {
            const isMatched = criterion.matchesPort(packet.destination, packet, asked, network);
            const traffic = criterion.traffic(algebra, 'destination', end, asked, network);
            const { least, most } = criterion.bounds(algebra, 'destination');
            expect(valueAt(traffic, open)).toBe(isMatched);
            expect(algebra.difference(least, traffic)).toBe(algebra.nothing);
            expect(algebra.difference(traffic, most)).toBe(algebra.nothing);
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('matches the same packets at ends of which it looks up the same ports, and looks up none elsewhere', () => {
    fc.assert(
      fc.property(drawnEnd, (match) => {
        each(match, (criterion) => {
          const traffics = new Map<string, unknown>();
          const among = criterion.lookUpAmong(peers.index);
          for (const [number, { end }] of peers.all.entries()) {
            const found = criterion.lookUp(end, rule, network).map(({ protocol, port }) => `${protocol}:${port}`);
            if (found.length > 0) expect(among.has(number)).toBe(true);
            const traffic = criterion.traffic(algebra, 'destination', end, rule, network);
            const key = found.join();
            expect(traffics.get(key) ?? traffic).toBe(traffic);
            traffics.set(key, traffic);
          }
          if (criterion.names.length === 0) expect(traffics.size).toBe(1);
        });
      }),
    );
  });

  it('covers only ends whose packets are all at addresses that satisfy it', () => {
    let covered = 0;
    fc.assert(
      fc.property(drawnEnd, drawnEnd, (narrow, broad) => {
        if (!endCriteria(broad).every((criterion) => criterion.coversAddresses(narrow))) return;
        covered++;
        for (const { end } of peers.all) {
          const satisfies = (match: PeerMatch): boolean =>
            endCriteria(match).every((criterion) => criterion.matchesAddress(end, 4, network) === true);
          const isMet = endCriteria(narrow).every(
            (criterion) => criterion.traffic(algebra, 'destination', end, rule, network) !== algebra.nothing,
          );
          if (isMet && satisfies(narrow)) expect(satisfies(broad)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
    expect(covered).toBeGreaterThan(100);
  });

  it('says what would settle it wherever it is not known', () => {
    fc.assert(
      fc.property(drawnEnd, (match) => {
        each(match, (criterion) => {
          for (const { end } of peers.all) {
            if (criterion.matchesAddress(end, 4, network) !== 'maybe') continue;
            expect(criterion.doubts(end, network)).not.toEqual([]);
          }
        });
      }),
    );
  });

  it('satisfies all addresses alike that its blocks and their owners do not tell apart', () => {
    fc.assert(
      fc.property(drawnEnd, (match) => {
        const policy = network.tiers[0]?.policies[0];
        if (policy === undefined) throw new Error('no policy');
        const tier = { name: 'default', order: 0, defaultAction: 'Deny' as const };
        const rules = { ingress: [{ ...rule, source: match }], egress: [] };
        const cut = { ...network, tiers: [{ ...tier, policies: [{ ...policy, rules }] }] };
        for (const { ranges } of outsideClasses(cut, 4)) {
          const ends = ranges.flatMap(({ first, last }) => [packetEnd(network, first), packetEnd(network, last)]);
          each(match, (criterion) => {
            expect(new Set(ends.map((end) => criterion.matchesAddress(end, 4, network))).size).toBe(1);
          });
        }
      }),
    );
  });
});

describe('a criterion of a rule', () => {
  const drawnRule = fc
    .constantFrom(...(Object.keys(ruleCriteriaTable) as (keyof typeof ruleValues)[]))
    .chain((key) => (ruleValues[key] as fc.Arbitrary<unknown>).map((value) => ({ ...rule, [key]: value })));

  it('matches the same packets one by one and as a set, of the families that it can match', () => {
    fc.assert(
      fc.property(drawnRule, drawnPacket, fc.constantFrom(...addresses), (drawn, open, end) => {
        const packet = packetTo(open, end);
        for (const criterion of ruleCriteria(drawn)) {
          const isMatched = criterion.matchesFamily(4) && valueAt(criterion.traffic(algebra), open);
          expect(isMatched).toBe(criterion.matchesPacket(packet));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('covers only rules of its own family', () => {
    fc.assert(
      fc.property(drawnRule, drawnRule, (narrow, broad) => {
        if (!ruleCriteria(broad).every((criterion) => criterion.covers(narrow))) return;
        for (const family of [4, 6] as const) {
          const matches = (each: Rule): boolean =>
            ruleCriteria(each).every((criterion) => criterion.matchesFamily(family));
          if (matches(narrow)) expect(matches(broad)).toBe(true);
        }
      }),
    );
  });
});
