import fc from 'fast-check';
import type { JsonObject } from '../../../model/object.ts';
import { calicoGlobal, calicoPolicy, kubernetesPolicy, namespace, pod } from './network.fixture.ts';
import type { Family } from '../form/normal-form.ts';
import { hasPorts } from '../form/protocol.ts';
import type { SamplePacket } from '../packet/sample-packet.ts';

/*
 * Small trees that hold a little of everything: two namespaces of which labels are known or not, pods with and without addresses of both
 * families, network sets, and policies of all kinds and tiers. Few values everywhere, so that rules meet packets.
 */

const text = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;

const nets4 = fc.constantFrom<string[]>(['10.0.0.0/31'], ['192.0.2.128/25', '10.0.1.2/32'], ['192.0.2.0/24']);
const nets6 = fc.constantFrom<string[]>(['2001:db8::/64'], ['2001:db8:1::/48', 'fd00::1/128']);
const ports = fc.constantFrom<(number | string)[]>([80], ['http'], ['81:90', 'http'], [8080, 53]);

function ends(nets: fc.Arbitrary<string[]>): fc.Arbitrary<object> {
  return fc.record(
    {
      selector: fc.constantFrom('all()', "app == 'x'", "app != 'x'", "kind == 'set'", "app in {'x', 'z'} || has(new)"),
      notSelector: fc.constantFrom("app == 'y'", "kind == 'set'"),
      namespaceSelector: fc.constantFrom('all()', 'global()', "projectcalico.org/name == 'a'", "team == 'red'"),
      serviceAccounts: fc.constantFrom({ names: ['default'] }, { selector: "tier == 'web'" }),
      nets,
      notNets: nets,
    },
    { requiredKeys: [] },
  );
}

function withPorts(nets: fc.Arbitrary<string[]>): fc.Arbitrary<object> {
  const more = fc.record({ ports, notPorts: ports }, { requiredKeys: [] });
  return fc.tuple(ends(nets), more).map(([end, own]) => ({ ...end, ...own }));
}

const action = fc.constantFrom('Allow', 'Allow', 'Deny', 'Pass', 'Log');
/** A rule has blocks of one family alone, or it would be refused. */
const calicoRule = fc
  .constantFrom(nets4, nets6)
  .chain((nets) =>
    fc.oneof(
      fc.record(
        { action, protocol: fc.constantFrom('TCP', 'UDP'), source: withPorts(nets), destination: withPorts(nets) },
        { requiredKeys: ['action', 'protocol'] },
      ),
      fc.record(
        { action, notProtocol: fc.constantFrom('TCP', 47), source: ends(nets), destination: ends(nets) },
        { requiredKeys: ['action'] },
      ),
      fc.record({ action, protocol: fc.constant('ICMP'), icmp: fc.constantFrom({ type: 8 }, { type: 8, code: 1 }) }),
    ),
  );
const calicoSpec = fc.record(
  {
    tier: fc.constantFrom('default', 'first', 'last'),
    order: fc.integer({ min: 0, max: 2 }),
    selector: fc.constantFrom('all()', "app == 'x'", "app != 'x'"),
    ingress: fc.array(calicoRule, { maxLength: 3 }),
    egress: fc.array(calicoRule, { maxLength: 3 }),
  },
  { requiredKeys: ['selector', 'ingress', 'egress'] },
);
const calico = fc
  .tuple(calicoSpec, fc.constantFrom('a', 'b', 'global', 'team'), fc.constantFrom('', '', '', '', 'Staged'))
  .map(([{ tier = 'default', ...spec }, scope, staged]) => (index: number): JsonObject => {
    const name = `${tier}.p${index}`;
    if (scope === 'a' || scope === 'b') {
      return calicoPolicy(scope, name, text({ ...spec, tier }), `${staged}NetworkPolicy`);
    }
    const among = scope === 'team' ? { namespaceSelector: "team == 'red'" } : {};
    return calicoGlobal(`${staged}GlobalNetworkPolicy`, name, text({ ...spec, ...among, tier }));
  });

const podLabels = fc.constantFrom(
  {},
  { matchLabels: { app: 'x' } },
  { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['x'] }] },
);
const namespaceLabels = fc.constantFrom(
  {},
  { matchLabels: { team: 'red' } },
  { matchLabels: { 'kubernetes.io/metadata.name': 'a' } },
);
const kubernetesPeer = fc.oneof(
  fc
    .record({ podSelector: podLabels, namespaceSelector: namespaceLabels }, { requiredKeys: [] })
    .filter((peer) => Object.keys(peer).length > 0),
  fc.constantFrom(
    { ipBlock: { cidr: '192.0.0.0/8', except: ['192.0.2.0/25'] } },
    { ipBlock: { cidr: '2001:db8::/32', except: ['2001:db8::/64'] } },
    { ipBlock: { cidr: '10.0.0.0/9' } },
  ),
);
const kubernetesPorts = fc.constantFrom(
  [],
  [{ port: 80 }],
  [{ port: 'http' }],
  [{ protocol: 'UDP', port: 53 }],
  [{ port: 81, endPort: 90 }],
);
const kubernetesRules = fc.array(fc.tuple(fc.array(kubernetesPeer, { maxLength: 2 }), kubernetesPorts), {
  maxLength: 2,
});
const kubernetes = fc
  .tuple(
    fc.constantFrom('a', 'b'),
    podLabels,
    kubernetesRules,
    kubernetesRules,
    fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
  )
  .map(
    ([scope, podSelector, ingress, egress, policyTypes]) =>
      (index: number): JsonObject =>
        kubernetesPolicy(
          scope,
          `k${index}`,
          text({
            podSelector,
            policyTypes,
            ingress: ingress.map(([from, each]) => ({ from, ports: each })),
            egress: egress.map(([to, each]) => ({ to, ports: each })),
          }),
        ),
  );

const subject = fc.oneof(
  namespaceLabels.map((namespaces) => ({ namespaces })),
  fc
    .tuple(namespaceLabels, podLabels)
    .map(([namespaceSelector, podSelector]) => ({ pods: { namespaceSelector, podSelector } })),
);
const adminPorts = fc.constantFrom(
  undefined,
  [{ portNumber: { protocol: 'TCP', port: 80 } }],
  [{ portRange: { protocol: 'TCP', start: 81, end: 90 } }],
  [{ namedPort: 'http' }],
);
const adminRule = fc.tuple(subject, fc.constantFrom('Allow', 'Deny', 'Pass'), adminPorts);
const admin = fc
  .tuple(
    fc.boolean(),
    subject,
    fc.array(adminRule, { maxLength: 2 }),
    fc.array(adminRule, { maxLength: 2 }),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([isBaseline, of, ingress, egress, priority]) => (index: number): JsonObject => {
    const rule =
      (side: 'from' | 'to') =>
      ([peer, does, each]: readonly [object, string, readonly object[] | undefined]) => ({
        action: isBaseline && does === 'Pass' ? 'Allow' : does,
        [side]: [peer],
        ...(each === undefined ? {} : { ports: each }),
      });
    return {
      apiVersion: 'policy.networking.k8s.io/v1alpha1',
      kind: isBaseline ? 'BaselineAdminNetworkPolicy' : 'AdminNetworkPolicy',
      metadata: { name: isBaseline ? 'default' : `n${index}` },
      spec: text({
        subject: of,
        ...(isBaseline ? {} : { priority }),
        ingress: ingress.map(rule('from')),
        egress: egress.map(rule('to')),
      }),
    };
  });

const policy = fc.oneof(
  { arbitrary: calico, weight: 3 },
  { arbitrary: kubernetes, weight: 2 },
  { arbitrary: admin, weight: 1 },
);

/** Policies of all kinds, at most one of each name. */
export const drawnPolicies: fc.Arbitrary<readonly JsonObject[]> = fc
  .array(policy, { maxLength: 5 })
  .map((made) => made.map((make, index) => make(index)))
  .map((made) => {
    const baseline = made.findIndex(({ kind }) => kind === 'BaselineAdminNetworkPolicy');
    return made.filter(({ kind }, index) => kind !== 'BaselineAdminNetworkPolicy' || index === baseline);
  });

/** Everything that policies are about: pods `a/x` to `b/z` with addresses of both families (but for `b/z`), sets, tiers, namespaces. */
export const drawnSurroundings: readonly JsonObject[] = [
  namespace('a', { team: 'red' }),
  namespace('b'),
  dual('a', 'x', '10.0.0.1', '2001:db8::1'),
  dual('a', 'y', '10.0.0.2', '2001:db8::2'),
  dual('b', 'x', '10.0.1.1', '2001:db8:1::1'),
  dual('b', 'y', '10.0.1.2', 'fd00::1'),
  calicoGlobal(
    'GlobalNetworkSet',
    'set',
    { nets: ['192.0.2.0/25', '10.0.1.0/24', '2001:db8:1::/64'] },
    { kind: 'set' },
  ),
  calicoGlobal('Tier', 'first', { order: 1 }),
  calicoGlobal('Tier', 'last', { order: 2_000_000, defaultAction: 'Pass' }),
];

function dual(of: string, name: string, v4: string, v6: string): JsonObject {
  return { ...pod(of, name, v4, { app: name }), status: { podIP: v4, podIPs: [{ ip: v4 }, { ip: v6 }] } };
}

/** Addresses of pods, of sets and blocks, and of nobody, by family. */
export const drawnAddresses: Readonly<Record<Family, readonly string[]>> = {
  4: ['10.0.0.1', '10.0.0.2', '10.0.1.1', '10.0.1.2', '10.0.1.3', '192.0.2.1', '192.0.2.200', '198.51.100.7'],
  6: ['2001:db8::1', '2001:db8::2', '2001:db8:1::1', 'fd00::1', '2001:db8::9', '2001:db8:1::9', '2001:4860::1'],
};

/** The open part of packets: protocol, then destination port or ICMP type, then source port or ICMP code. */
export const drawnPacket: fc.Arbitrary<readonly [number, number, number]> = fc.oneof(
  fc.tuple(fc.constantFrom(6, 17), fc.constantFrom(53, 79, 80, 85, 8080), fc.constantFrom(80, 8080, 40_000)),
  fc.tuple(fc.constantFrom(1), fc.constantFrom(0, 8), fc.constantFrom(0, 1)),
  fc.constantFrom<[number, number, number]>([47, 0, 0], [132, 80, 40_000]),
);

/** The parts of a packet that its addresses leave open, as a packet has them. */
export function openParts([protocol, second, third]: readonly [number, number, number]): SamplePacket {
  if (hasPorts(protocol)) return { protocol, port: second, sourcePort: third };
  return protocol === 1 ? { protocol, icmp: { type: second, code: third } } : { protocol };
}
