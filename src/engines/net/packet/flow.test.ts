import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import {
  build,
  calicoGlobal,
  calicoPolicy,
  decide,
  kubernetesPolicy,
  namespace,
  pod,
} from '../laws/network.fixture.ts';

const web = pod('shop', 'web', '10.0.0.1', { app: 'web' });
const db = pod('shop', 'db', '10.0.0.2', { app: 'db' });
const other = pod('lab', 'tool', '10.0.0.3', { app: 'web' });
const pods = [web, db, other];
const toDb = (...objects: readonly JsonObject[]): string[] => decide([...pods, ...objects], '10.0.0.1', '10.0.0.2');

describe('without any policy', () => {
  it('everything is allowed by the profiles of the namespaces', () => {
    expect(toDb()).toEqual(['allow', 'kns.shop[0] allow', 'kns.shop[0] allow']);
  });

  it('encapsulated packets out of a pod are dropped all the same', () => {
    expect(decide(pods, '10.0.0.1', '10.0.0.2', 4789, 17)).toEqual(['deny', 'kns.shop[0] allow']);
  });
});

describe('Kubernetes policy', () => {
  const deny = kubernetesPolicy('shop', 'deny', { podSelector: {} });

  it('isolates what it selects, in its own namespace only', () => {
    expect(toDb(deny)).toEqual(['deny', 'kns.shop[0] allow', 'default ends: deny']);
    expect(decide([...pods, deny], '10.0.0.1', '10.0.0.3')[0]).toBe('allow');
  });

  it('governs egress when it has egress rules and no types', () => {
    const both = kubernetesPolicy('shop', 'both', { podSelector: {}, egress: [{}] });
    expect(toDb(both)).toEqual(['deny', 'default/both[0] allow', 'default ends: deny']);
  });

  it('makes several Calico rules of one rule, one for each protocol and peer', () => {
    const allow = kubernetesPolicy('shop', 'allow', {
      podSelector: {},
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 53, protocol: 'UDP' }, { port: 80 }, { port: 81 }] }],
    });
    expect(decide([...pods, allow], '10.0.0.1', '10.0.0.2', 81)).toContain('default/allow[0] allow');
    expect(decide([...pods, allow], '10.0.0.1', '10.0.0.2', 53, 17)).toContain('default/allow[1] allow');
  });

  it('treats a port without a protocol as TCP, and names as the ports of the pod itself', () => {
    const named = kubernetesPolicy('shop', 'named', { podSelector: {}, ingress: [{ ports: [{ port: 'http' }] }] });
    expect(decide([...pods, named], '10.0.0.1', '10.0.0.2', 8080)[0]).toBe('allow');
    expect(decide([...pods, named], '10.0.0.1', '10.0.0.2', 8080, 17)[0]).toBe('deny');
  });
});

describe('a staged policy of Kubernetes', () => {
  it('is sorted among the others, decides nothing, and has no defaults of the API server', () => {
    const staged = calicoPolicy('shop', 'staged', { podSelector: {}, egress: [{}] }, 'StagedKubernetesNetworkPolicy');
    expect(toDb(staged)).toEqual(['allow', 'kns.shop[0] allow', 'default ends: pass', 'kns.shop[0] allow']);
  });

  it('is refused with a port that Calico cannot read', () => {
    const spec = { podSelector: {}, ingress: [{ ports: [{ port: 'http', endPort: 90 }] }] };
    expect(build([calicoPolicy('shop', 'p', spec, 'StagedKubernetesNetworkPolicy')]).refused[0]?.by).toBe('calico');
  });
});

describe('Calico policy', () => {
  it('comes after Kubernetes policy when its order is higher, so its denial is too late', () => {
    const allow = kubernetesPolicy('shop', 'allow', { podSelector: {}, ingress: [{}] });
    const deny = (order?: number): JsonObject =>
      calicoPolicy('shop', 'deny', { ...(order === undefined ? {} : { order }), ingress: [{ action: 'Deny' }] });
    expect(toDb(allow, deny())).toContain('default/allow[0] allow');
    expect(toDb(allow, deny(999))).toContain('default/deny[0] deny');
  });

  it('breaks ties by the bytes of name, namespace and kind, where - and . come before the end of a name', () => {
    const names = ['ab', 'a0', 'a', 'a.b', 'a-1'].map((name) => calicoPolicy('shop', name, { ingress: [] }));
    const [tier] = build([...pods, ...names]).network.tiers;
    expect(tier?.policies.map((policy) => policy.name)).toEqual(['a-1', 'a.b', 'a', 'a0', 'ab']);
  });

  it('passes to the next tier, and from the last one to the profiles', () => {
    const pass = calicoPolicy('shop', 'pass', { ingress: [{ action: 'Log' }, { action: 'Pass' }] });
    expect(toDb(pass)).toEqual([
      'allow',
      'kns.shop[0] allow',
      'default/pass[0] log',
      'default/pass[1] pass',
      'kns.shop[0] allow',
    ]);
  });

  it('ends a tier with its default action only if a policy in force selects the endpoint', () => {
    const staged = calicoPolicy('shop', 'staged', { ingress: [{ action: 'Deny' }] }, 'StagedNetworkPolicy');
    expect(toDb(staged)).toEqual(['allow', 'kns.shop[0] allow', 'default ends: pass', 'kns.shop[0] allow']);
  });

  it('evaluates tiers by order, then by name', () => {
    const tier = (name: string): JsonObject => calicoGlobal('Tier', name, {});
    const policy = (name: string): JsonObject =>
      calicoGlobal('GlobalNetworkPolicy', name, { tier: name, selector: 'all()' });
    const { network } = build(['t', 'a'].flatMap((name) => [tier(name), policy(name)]));
    expect(network.tiers.map(({ name }) => name)).toEqual(['a', 't']);
  });

  it('takes a negative namespace selector of a rule to match global network sets too', () => {
    const set = calicoGlobal('GlobalNetworkSet', 'set', { nets: ['192.0.2.0/24'] }, {});
    const allow = (namespaceSelector: string): JsonObject =>
      calicoPolicy('shop', 'allow', { ingress: [{ action: 'Allow', source: { namespaceSelector } }] });
    const from = (namespaceSelector: string): string | undefined =>
      decide([...pods, set, allow(namespaceSelector)], '192.0.2.7', '10.0.0.2')[0];
    expect(from("team != 'x'")).toBe('allow');
    expect(from('all()')).toBe('deny');
    expect(from('global()')).toBe('allow');
  });

  it('limits a lone notSelector to the own namespace, where it matches no outside address', () => {
    const allow = calicoPolicy('shop', 'allow', {
      ingress: [{ action: 'Allow', source: { notSelector: "app == 'x'" } }],
    });
    expect(toDb(allow)[0]).toBe('allow');
    expect(decide([...pods, allow], '10.0.0.3', '10.0.0.2')[0]).toBe('deny');
    expect(decide([...pods, allow], '192.0.2.1', '10.0.0.2')[0]).toBe('deny');
  });

  it('never matches a packet of the other family by a list of blocks, negated or not', () => {
    const six = pod('shop', 'six', 'fd00::6');
    const allow = calicoPolicy('shop', 'allow', {
      ingress: [{ action: 'Allow', source: { notNets: ['10.0.0.0/8'] } }],
    });
    expect(decide([six, allow], '2001:db8::1', 'fd00::6')[0]).toBe('deny');
  });

  it('cannot be fooled by labels that pods give themselves', () => {
    const liar = pod('lab', 'liar', '10.0.0.9', { 'pcns.team': 'shop', 'projectcalico.org/namespace': 'shop' });
    const allow = calicoPolicy('shop', 'allow', {
      ingress: [
        { action: 'Allow', source: { selector: 'all()' } },
        { action: 'Allow', source: { namespaceSelector: "team == 'shop'" } },
      ],
    });
    const objects = [...pods, liar, namespace('lab', { team: 'lab' }), allow];
    expect(decide(objects, '10.0.0.9', '10.0.0.2')[0]).toBe('deny');
  });
});

describe('the group in which Calico stores its resources', () => {
  const stored = (spec: JsonObject): JsonObject => ({
    ...calicoPolicy('shop', 'stored', spec),
    apiVersion: 'crd.projectcalico.org/v1',
  });

  it('fills in no types, and felix takes that for both directions', () => {
    const spec = { ingress: [{ action: 'Allow' }] };
    expect(toDb(calicoPolicy('shop', 'v3', spec))[0]).toBe('allow');
    expect(toDb(stored(spec))).toEqual(['deny', 'default ends: deny', 'default/stored[0] allow']);
  });

  it('takes what the API would refuse, unless felix itself drops it', () => {
    expect(build([stored({ ingress: [{ action: 'allow', source: { nets: ['10.0.0.1'] } }] })]).refused).toEqual([]);
    expect(build([stored({ selector: "a = 'b'" })]).refused[0]?.by).toBe('felix');
  });
});

describe('cluster-wide policy', () => {
  const cluster = (spec: JsonObject): JsonObject => ({
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'cluster' },
    spec: { priority: 1, subject: { namespaces: {} }, ...spec },
  });

  it('comes before or after the tier default, and passes at its end', () => {
    const admin = cluster({
      tier: 'Admin',
      ingress: [{ action: 'Deny', from: [{ namespaces: { matchLabels: { a: 'b' } } }] }],
    });
    expect(toDb(admin)).toEqual(['allow', 'kns.shop[0] allow', 'kube-admin ends: pass', 'kns.shop[0] allow']);
  });

  it('denies everything in place of a denial that cannot be converted', () => {
    const admin = cluster({
      tier: 'Admin',
      egress: [
        { action: 'Deny', to: [{ nodes: {} }] },
        { action: 'Accept', to: [{ nodes: {} }] },
      ],
    });
    expect(toDb(admin)).toContain('kube-admin/cluster[0] deny');
    expect(build([admin]).refused.map(({ by }) => by)).toEqual(['conversion']);
  });
});

describe('a range of ports of a Kubernetes policy', () => {
  it('goes from `port` to `endPort`, both included', () => {
    const policy = kubernetesPolicy('shop', 'range', {
      podSelector: {},
      ingress: [{ ports: [{ port: 81, endPort: 90 }] }],
    });
    const decision = (port: number): string | undefined =>
      decide([pod('shop', 'web', '10.0.0.1'), policy], '192.0.2.1', '10.0.0.1', port)[0];
    expect([80, 81, 85, 90, 91].map(decision)).toEqual(['deny', 'allow', 'allow', 'allow', 'deny']);
  });
});

describe('a NetworkSet', () => {
  it('has the labels of its namespace, and a global one has not', () => {
    const policy = calicoPolicy('shop', 'sets', {
      ingress: [{ action: 'Allow', source: { namespaceSelector: "team == 'red'" } }],
    });
    const objects = [
      pod('shop', 'web', '10.0.0.1'),
      policy,
      namespace('front', { team: 'red' }),
      { ...calicoPolicy('front', 'own', { nets: ['192.0.2.0/25'] }), kind: 'NetworkSet' },
      calicoGlobal('GlobalNetworkSet', 'all', { nets: ['192.0.2.128/25'] }),
    ];
    expect(decide(objects, '192.0.2.1', '10.0.0.1')[0]).toBe('allow');
    expect(decide(objects, '192.0.2.200', '10.0.0.1')[0]).toBe('deny');
  });
});
