import { describe, expect, it } from 'vitest';
import { workload } from '../../../cluster/load/manifest.fixture.ts';
import { formatAddress } from '../../../lang/addresses/format-address.ts';
import type { JsonObject } from '../../../model/object.ts';
import { clusterOf, tcp } from '../laws/analysis.fixture.ts';
import { exposure } from './exposure.ts';
import type { SideExposure, WorkloadExposure } from './exposure.ts';
import { calicoGlobal, kubernetesPolicy, namespace } from '../laws/network.fixture.ts';

const web = workload('Deployment', 'web', { namespace: 'shop' });
const shop = namespace('shop', { team: 'shop' });

function exposed(...objects: JsonObject[]): WorkloadExposure {
  const [first] = exposure(clusterOf([web, shop, ...objects])).workloads;
  if (first === undefined) throw new Error('no workload');
  return first;
}

function newPods({ newPods: groups }: SideExposure): readonly (readonly string[])[] {
  return groups.map(({ pods, traffic, unknown }) => [
    pods.map(({ name }) => name).join(' or '),
    tcp(traffic, 80, 81),
    ...(tcp(unknown, 80) === 'none' ? [] : ['?']),
  ]);
}

function ingress(...rules: JsonObject[]): JsonObject {
  return kubernetesPolicy('shop', 'web', { podSelector: {}, policyTypes: ['Ingress'], ingress: rules });
}

describe('exposure', () => {
  it('is everything where no policy governs a direction', () => {
    const { ingress: side } = exposed();
    expect(side.isGoverned).toBe(false);
    expect(side.outside.map(({ traffic }) => tcp(traffic))).toEqual(['all']);
    expect(newPods(side)).toEqual([['any pod of a new namespace', 'all']]);
  });

  it('names the pods not yet written that rules tell from others, and nobody else', () => {
    const { ingress: side } = exposed(
      ingress(
        { from: [{ namespaceSelector: { matchLabels: { role: 'front' } } }], ports: [{ port: 80 }] },
        { from: [{ podSelector: { matchLabels: { app: 'job' } } }], ports: [{ port: 81 }] },
        { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } }] },
        { from: [{ namespaceSelector: { matchLabels: { team: 'other', 'kubernetes.io/metadata.name': 'shop' } } }] },
      ),
    );
    expect(newPods(side)).toEqual([
      ['any pod of a new namespace', 'none'],
      ['any pod of a new namespace labelled role=front', '80'],
      ['pods labelled app=job of namespace shop', '81'],
      ['any pod of namespace ops', 'all'],
    ]);
  });

  it('tells addresses apart where a rule does, each with who decides', () => {
    const { ingress: side } = exposed(
      ingress({ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 80 }] }),
    );
    const said = side.outside.map(({ ranges, traffic, deciders }) => [
      ranges.map(({ first }) => formatAddress(first)).join(),
      tcp(traffic, 80, 81),
      ...deciders.flatMap(({ decision, reasons }) => reasons.map(({ path }) => `${decision} ${path.join('.')}`)),
    ]);
    expect(said).toEqual([
      ['0.0.0.0,192.0.3.0', 'none', 'deny spec'],
      ['192.0.2.0', '80', 'deny spec', 'allow spec.ingress.0.from.0'],
    ]);
  });

  it('keeps apart what is not known', () => {
    const set = calicoGlobal('GlobalNetworkSet', 'office', {}, { kind: 'office' });
    const policy = calicoGlobal('GlobalNetworkPolicy', 'office', {
      ingress: [
        { action: 'Allow', protocol: 'TCP', source: { selector: "kind == 'office'" }, destination: { ports: [80] } },
      ],
    });
    const { ingress: side } = exposed(set, policy);
    const [outside] = side.outside;
    expect(outside === undefined ? [] : [tcp(outside.traffic), tcp(outside.unknown, 80, 81)]).toEqual(['none', '80']);
    expect(outside?.deciders.map(({ decision, reasons }) => [decision, reasons.length])).toEqual([
      ['deny', 1],
      ['unknown', 2],
    ]);
  });

  it('says what the policies of the new pods themselves deny', () => {
    const { ingress: side } = exposed(
      ingress({ from: [{ podSelector: {} }] }),
      kubernetesPolicy('shop', 'out', {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [{ ports: [{ port: 81 }] }],
      }),
    );
    const own = side.newPods.find(({ pods }) => pods.some(({ namespace: name }) => name === 'shop'));
    expect(own === undefined ? [] : [tcp(own.traffic), tcp(own.denied, 80, 81)]).toEqual(['all', '80']);
  });

  it('assumes that no host endpoint denies more, where one has policies for what passes its node', () => {
    const host = calicoGlobal('HostEndpoint', 'all', { node: 'n', interfaceName: '*' }, { host: 'yes' });
    const policy = (applyOnForward: boolean): JsonObject =>
      calicoGlobal('GlobalNetworkPolicy', 'nodes', { selector: 'has(host)', applyOnForward, ingress: [] });
    expect(exposed(host, policy(false)).assumptions.length).toBe(0);
    expect(exposed(host, policy(true)).assumptions.length).toBe(1);
  });

  it('leaves what is on the network of its node to host endpoints', () => {
    const agent = {
      ...workload('Pod', 'agent', { namespace: 'shop' }),
      spec: { hostNetwork: true, containers: [{ name: 'main', image: 'agent' }] },
    };
    const of = (...objects: JsonObject[]): string[] => {
      const found = exposure(clusterOf([agent, ...objects])).workloads[0];
      return (found?.ingress.outside ?? []).map(({ traffic, unknown }) => `${tcp(traffic)} ${tcp(unknown)}`);
    };
    expect(of()).toEqual(['all none']);
    expect(of(calicoGlobal('HostEndpoint', 'all', { node: 'n', interfaceName: '*' }))).toEqual(['none all']);
  });
});
