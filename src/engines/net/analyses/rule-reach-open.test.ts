import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCidr } from '../../../lang/addresses/cidr.ts';
import type { JsonObject } from '../../../model/object.ts';
import { buildNetwork } from '../model/build-network.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { build, calicoGlobal, calicoPolicy, kubernetesPolicy, packet, pod } from '../laws/network.fixture.ts';
import { plainObjects } from '../objects/network-objects.ts';
import type { Direction, Policy, Rule } from '../form/normal-form.ts';
import { ruleFates } from './rule-reach.ts';

const nets = fc.constantFrom(['10.0.0.0/8'], ['10.0.0.0/9'], ['10.0.0.0/10'], ['10.128.0.0/9'], ['192.0.2.0/24']);
const ports = fc.constantFrom<(number | string)[]>([80], ['80:90'], ['http']);
const anyEnd = fc.record(
  {
    selector: fc.constantFrom('all()', "app == 'x'", "app != 'x'", "kind == 'set'"),
    namespaceSelector: fc.constantFrom('all()', "projectcalico.org/name == 'a'"),
    nets,
    notNets: fc.constantFrom(['10.128.0.0/9'], ['10.0.0.0/10'], ['192.0.2.0/24']),
    ports,
  },
  { requiredKeys: [] },
);
/** Only pods, and whether they satisfy it depends on their addresses. */
const placedPods = fc.record(
  {
    selector: fc.constantFrom('has(app)', "app == 'x'", "app == 'y'"),
    namespaceSelector: fc.constant('all()'),
    nets,
    ports,
  },
  { requiredKeys: ['selector', 'nets'] },
);
const end = fc.oneof(anyEnd, placedPods, fc.constant({}));
const rule = fc.record(
  {
    action: fc.constantFrom('Allow', 'Deny', 'Pass', 'Log'),
    protocol: fc.constant('TCP'),
    source: end,
    destination: end,
  },
  { requiredKeys: ['action', 'protocol'] },
);
const calico = fc.record({
  tier: fc.constantFrom('default', 'first'),
  order: fc.integer({ min: 0, max: 3 }),
  selector: fc.constantFrom('all()', "app == 'x'"),
  types: fc.constantFrom(['Ingress', 'Egress'], ['Ingress']),
  ingress: fc.array(rule, { maxLength: 4 }),
  egress: fc.array(rule, { maxLength: 3 }),
});
/** Rules that only the addresses of pods tell apart. */
const byAddress = fc.record({
  tier: fc.constant('default'),
  order: fc.integer({ min: 0, max: 3 }),
  selector: fc.constant('all()'),
  types: fc.constant(['Ingress']),
  ingress: fc.array(
    fc.record({
      action: fc.constantFrom('Allow', 'Deny'),
      source: fc.record({ selector: fc.constant('has(app)'), namespaceSelector: fc.constant('all()'), nets }),
    }),
    { minLength: 2, maxLength: 3 },
  ),
  egress: fc.constant([]),
});
const kubernetes = fc.record({
  podSelector: fc.constantFrom({}, { matchLabels: { app: 'x' } }),
  ingress: fc.array(
    fc.record({
      from: fc.array(
        fc.constantFrom({ podSelector: {} }, { ipBlock: { cidr: '10.0.0.0/9', except: ['10.0.0.0/10'] } }),
        {
          maxLength: 2,
        },
      ),
    }),
    { maxLength: 2 },
  ),
});

/** Pods whose addresses are drawn, with the labels that are written. */
const names = [
  ['a', 'x'],
  ['a', 'y'],
  ['b', 'x'],
] as const;
const address = fc.constantFrom('10.0.0.', '10.64.0.', '10.127.255.', '10.128.0.', '10.200.0.');
const members = fc.constantFrom<string[]>([], ['192.0.2.0/24'], ['10.0.0.0/9'], ['10.64.0.0/10']);

function policies(drawn: readonly object[]): readonly JsonObject[] {
  const tier = calicoGlobal('Tier', 'first', { order: 100, defaultAction: 'Pass' });
  return [
    tier,
    ...drawn.map((each, index) => {
      const spec = JSON.parse(JSON.stringify(each)) as JsonObject;
      const name = `p-${String(index)}`;
      if ('podSelector' in spec) return kubernetesPolicy('a', name, spec);
      const full = `${spec.tier === 'first' ? 'first' : 'default'}.${name}`;
      return index % 2 === 0 ? calicoPolicy('a', full, spec) : calicoGlobal('GlobalNetworkPolicy', full, spec);
    }),
  ];
}

/** Where a rule stands, the same in networks of the same policies. */
function place(policy: Policy, direction: Direction, rule: Rule): string {
  return `${policy.kind} ${policy.namespace}/${policy.name} ${direction} ${String(policy.rules[direction].indexOf(rule))}`;
}

describe('ruleFates of pods whose addresses are not known', () => {
  it('calls no rule unreachable that a packet reaches, whatever the addresses and the members of sets turn out to be', () => {
    let dark = 0;
    const drawn = fc.array(
      fc.oneof(
        { weight: 2, arbitrary: calico },
        { weight: 1, arbitrary: byAddress },
        { weight: 1, arbitrary: kubernetes },
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    const cidrs = [parseCidr('10.0.0.0/8')].flatMap((parsed) => parsed?.cidr ?? []);
    fc.assert(
      fc.property(drawn, fc.array(address, { minLength: 3, maxLength: 3 }), members, (specs, places, blocks) => {
        const open = buildNetwork({
          ...plainObjects([
            ...names.map(([namespace, app]) => ({ ...pod(namespace, app, '', { app }), status: {} })),
            calicoGlobal('GlobalNetworkSet', 'open', {}, { kind: 'set' }),
            ...policies(specs),
          ]),
          unsaid: { openSets: true, podBlocks: cidrs, namespaces: new Set(), accounts: new Set() },
        }).network;
        const fates = new Map(
          [...ruleFates(open, () => true).value.values()].map((fate) => [
            place(fate.policy, fate.direction, fate.rule),
            fate,
          ]),
        );
        for (const { isReached } of fates.values()) if (!isReached) dark++;
        const ips = places.map((start, index) => `${start}${String(index + 1)}`);
        const { network } = build([
          ...names.map(([namespace, app], index) => pod(namespace, app, ips[index] ?? '', { app })),
          calicoGlobal('GlobalNetworkSet', 'open', { nets: blocks }, { kind: 'set' }),
          ...policies(specs),
        ]);
        const outside = ['192.0.2.1', '198.51.100.7', '10.99.0.1'];
        for (const source of [...ips, ...outside]) {
          for (const destination of [...ips, ...outside]) {
            for (const port of [80, 85, 8080, 443]) {
              const flow = evaluateFlow(network, packet(network, source, destination, port));
              for (const direction of ['egress', 'ingress'] as const) {
                const side = flow[direction];
                for (const step of side?.verdict.steps ?? []) {
                  if (step.kind !== 'rule' || side === undefined) continue;
                  const seen = step.policy.rules[direction][step.index];
                  const fate = seen && fates.get(place(step.policy, direction, seen));
                  const { namespace, name } = side.endpoint.object;
                  const isDark = fate?.eclipses.some(({ endpoints }) =>
                    endpoints.some(({ object }) => object.namespace === namespace && object.name === name),
                  );
                  if (isDark === true) expect(`${source} ${destination} ${String(port)}`).toBe('never gets to it');
                }
              }
            }
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(dark).toBeGreaterThan(30);
  });
});
