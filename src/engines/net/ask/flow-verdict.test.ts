import { describe, expect, it } from 'vitest';
import type { Cluster, ClusterSettings } from '../../../cluster/index/cluster.ts';
import { loadCluster } from '../../../cluster/load/load-cluster.ts';
import { manifestsOf, workload } from '../../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../../model/object.ts';
import { flowQuestions, isQuestionError } from './flow-question.ts';
import { flowVerdict } from './flow-verdict.ts';
import { calicoGlobal, kubernetesPolicy, namespace, pod } from '../laws/network.fixture.ts';
import { networkOf } from '../model/network-of.ts';

const web = workload('Deployment', 'web', { namespace: 'shop' });

function clusterOf(objects: readonly JsonObject[], settings: ClusterSettings = {}): Cluster {
  return loadCluster(manifestsOf('all.yaml', ...objects), { settings });
}

function ask(cluster: Cluster, from: string, to: string): string[] {
  const questions = flowQuestions(cluster, from, to);
  if (isQuestionError(questions)) return [questions.error];
  return questions.flatMap((question) => {
    const { decision, assumptions } = flowVerdict(cluster, question);
    return [decision, ...assumptions.map(({ sentence }) => sentence)];
  });
}

function from(...peers: JsonObject[]): JsonObject {
  return kubernetesPolicy('shop', 'web', { podSelector: {}, ingress: [{ from: peers }] });
}

describe('a flow asked of a cluster', () => {
  it('is unknown where a namespace that nobody declares would decide it', () => {
    const policy = from({ namespaceSelector: { matchLabels: { role: 'front' } } });
    const proxy = workload('DaemonSet', 'proxy', { namespace: 'front' });
    expect(ask(clusterOf([web, proxy, policy]), 'proxy', 'web:80')).toEqual([
      'unknown',
      'no manifest declares Namespace `front`, so that its label `role` is not known',
    ]);
    const declared = namespace('front', { role: 'front' });
    expect(ask(clusterOf([web, proxy, policy, declared]), 'proxy', 'web:80')).toEqual(['allow']);
    expect(ask(clusterOf([web, proxy, policy], { complete: true }), 'proxy', 'web:80')).toEqual(['deny']);
  });

  it('knows the name label that the API server gives to every namespace', () => {
    const policy = from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'front' } } });
    const proxy = workload('DaemonSet', 'proxy', { namespace: 'front' });
    expect(ask(clusterOf([web, proxy, policy]), 'proxy', 'web:80')).toEqual(['allow']);
  });

  it('knows no such label before 1.21, where the API server does not set it', () => {
    const policy = from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'front' } } });
    const objects = [web, workload('DaemonSet', 'proxy', { namespace: 'front' }), policy, namespace('front')];
    expect(ask(clusterOf(objects, { kubernetesVersion: '1.20' }), 'proxy', 'web:80')).toEqual(['deny']);
    expect(ask(clusterOf(objects, { kubernetesVersion: '1.21' }), 'proxy', 'web:80')).toEqual(['allow']);
  });

  it('is unknown where the address of a pod would decide it, unless a pool says where addresses lie', () => {
    const policy = from({ ipBlock: { cidr: '10.0.0.0/8' } });
    const job = workload('Job', 'job', { apiVersion: 'batch/v1', namespace: 'shop' });
    expect(ask(clusterOf([web, job, policy]), 'job', 'web:80')[0]).toBe('unknown');
    const pool = (cidr: string): JsonObject => calicoGlobal('IPPool', 'pods', { cidr });
    expect(ask(clusterOf([web, job, policy, pool('10.244.0.0/16')]), 'job', 'web:80')).toEqual(['allow']);
    expect(ask(clusterOf([web, job, policy, pool('192.168.0.0/16')]), 'job', 'web:80')).toEqual(['deny']);
    expect(ask(clusterOf([web, job, from({ ipBlock: { cidr: '0.0.0.0/0' } })]), 'job', 'web:80')).toEqual(['allow']);
    expect(ask(clusterOf([web, job, from({ ipBlock: { cidr: '169.254.0.0/16' } })]), 'job', 'web:80')).toEqual([
      'deny',
    ]);
  });

  it('is unknown where a set without members might hold the address', () => {
    const set = (nets: string[]): JsonObject =>
      calicoGlobal('GlobalNetworkSet', 'office', { nets }, { kind: 'office' });
    const policy = calicoGlobal('GlobalNetworkPolicy', 'office', {
      ingress: [{ action: 'Allow', source: { selector: "kind == 'office'" } }],
    });
    expect(ask(clusterOf([web, set([]), policy]), '192.0.2.1', 'web:80')[0]).toBe('unknown');
    expect(ask(clusterOf([web, set(['192.0.2.0/24']), policy]), '192.0.2.1', 'web:80')).toEqual(['allow']);
    expect(ask(clusterOf([web, set(['192.0.2.0/28']), policy]), '192.0.2.99', 'web:80')).toEqual(['deny']);
  });

  it('goes to the pods behind a Service, on their own ports', () => {
    const service = (selector: JsonObject): JsonObject => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'front', namespace: 'shop' },
      spec: { selector, ports: [{ port: 80, targetPort: 8080 }] },
    });
    const policy = kubernetesPolicy('shop', 'web', { podSelector: {}, ingress: [{ ports: [{ port: 8080 }] }] });
    expect(ask(clusterOf([web, policy, service({ app: 'web' })]), '192.0.2.1', 'front:80')).toEqual(['allow']);
    expect(ask(clusterOf([web, policy]), '192.0.2.1', 'web:80')).toEqual(['deny']);
    expect(ask(clusterOf([web, service({ app: 'none' })]), '192.0.2.1', 'front')).toEqual([
      'nothing is behind Service `front`',
    ]);
  });

  it('goes to a headless Service on the port that it is asked for, which nothing rewrites', () => {
    const headless = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'front', namespace: 'shop' },
      spec: { clusterIP: 'None', selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
    };
    const policy = kubernetesPolicy('shop', 'web', { podSelector: {}, ingress: [{ ports: [{ port: 8080 }] }] });
    const cluster = clusterOf([web, policy, headless]);
    expect(ask(cluster, '192.0.2.1', 'front:80')).toEqual(['deny']);
    expect(ask(cluster, '192.0.2.1', 'front:http')).toEqual(['allow']);
    expect(ask(cluster, '192.0.2.1', 'front:8080')).toEqual(['allow']);
    expect(ask(cluster, '192.0.2.1', 'front:8080/udp')).toEqual(['deny']);
  });

  it('goes to a Service by the protocol that it is asked for', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'front', namespace: 'shop' },
      spec: {
        selector: { app: 'web' },
        ports: [
          { name: 'tcp', port: 53 },
          { name: 'udp', port: 53, protocol: 'UDP', targetPort: 5353 },
        ],
      },
    };
    const policy = kubernetesPolicy('shop', 'web', { podSelector: {}, ingress: [{ ports: [{ port: 53 }] }] });
    const cluster = clusterOf([web, policy, service]);
    expect(ask(cluster, '192.0.2.1', 'front:53')).toEqual(['allow', 'deny']);
    expect(ask(cluster, '192.0.2.1', 'front:53/tcp')).toEqual(['allow']);
    expect(ask(cluster, '192.0.2.1', 'front:53/udp')).toEqual(['deny']);
    expect(ask(cluster, '192.0.2.1', 'front:53/sctp')).toEqual(['nothing is behind Service `front` at port 53']);
  });

  it('lets rules about a Service reach pods whose addresses are not known', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
    };
    const policy = calicoGlobal('GlobalNetworkPolicy', 'to-web', {
      selector: "app == 'job'",
      egress: [{ action: 'Allow', destination: { services: { name: 'web', namespace: 'shop' } } }],
    });
    const job = workload('Deployment', 'job', { namespace: 'other' });
    const cluster = clusterOf([web, job, service, policy]);
    expect(ask(cluster, 'job', 'shop/Deployment/web:8080')).toEqual(['allow']);
    expect(ask(cluster, 'job', 'shop/Deployment/web:80')).toEqual(['deny']);
  });

  it('leaves pods on the network of their node to the policies of host endpoints', () => {
    const agent = {
      ...workload('Pod', 'agent', { namespace: 'shop' }),
      spec: { hostNetwork: true, containers: [{ name: 'main', image: 'agent' }] },
    };
    expect(ask(clusterOf([agent]), '192.0.2.1', 'agent:80')).toEqual(['allow']);
    const host = calicoGlobal('HostEndpoint', 'eth0', { node: 'n', interfaceName: 'eth0', expectedIPs: ['192.0.2.9'] });
    expect(ask(clusterOf([agent, host]), '192.0.2.1', 'agent:80')[0]).toBe('unknown');
    expect(ask(clusterOf([agent, host]), '192.0.2.1', '192.0.2.9:80')).toEqual(['deny']);
    expect(ask(clusterOf([agent, host]), '192.0.2.1', '192.0.2.9:22')).toEqual(['allow']);
    expect(networkOf(clusterOf([agent])).endpoints.size).toBe(0);
  });

  it('knows that untracked policies of the host endpoint of all interfaces are not in force', () => {
    const host = (spec: JsonObject): JsonObject =>
      calicoGlobal('HostEndpoint', 'host', { node: 'n', ...spec }, { host: 'yes' });
    const untracked = calicoGlobal('GlobalNetworkPolicy', 'untracked', {
      selector: 'has(host)',
      doNotTrack: true,
      applyOnForward: true,
      ingress: [{ action: 'Deny' }],
    });
    expect(ask(clusterOf([web, host({ interfaceName: '*' }), untracked]), '192.0.2.1', 'web:80')).toEqual(['allow']);
    const named = host({ interfaceName: 'eth0', expectedIPs: ['192.0.2.9'] });
    expect(ask(clusterOf([web, named, untracked]), '192.0.2.1', 'web:80')[0]).toBe('unknown');
  });

  it('is unknown behind host endpoints only where one of them may deny it', () => {
    const host = calicoGlobal('HostEndpoint', 'all', { node: 'n', interfaceName: '*' }, { host: 'yes' });
    const forward = (...ports: number[]): JsonObject =>
      calicoGlobal('GlobalNetworkPolicy', 'forward', {
        selector: 'has(host)',
        applyOnForward: true,
        ingress: [{ action: 'Allow', protocol: 'TCP', destination: { ports } }],
        egress: [{ action: 'Allow' }],
      });
    expect(ask(clusterOf([web, host]), '192.0.2.1', 'web:80')).toEqual(['allow']);
    expect(ask(clusterOf([web, host, forward(80)]), '192.0.2.1', 'web:80')).toEqual(['allow']);
    expect(ask(clusterOf([web, host, forward(81)]), '192.0.2.1', 'web:80')).toEqual([
      'unknown',
      'HostEndpoint all may deny it, and on which node a pod runs is not known',
    ]);
  });

  it('to a node names the rule of the direction that decided, and walks hook by hook', () => {
    const host = calicoGlobal('HostEndpoint', 'eth0', { node: 'n', expectedIPs: ['192.0.2.9'] }, { host: 'yes' });
    const policy = calicoGlobal('GlobalNetworkPolicy', 'nodes', {
      selector: 'has(host)',
      types: ['Ingress', 'Egress'],
      ingress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: [443] } }],
      egress: [{ action: 'Deny', protocol: 'TCP', destination: { ports: [25] } }, { action: 'Allow' }],
    });
    const walk = (start: string, to: string) => {
      const cluster = clusterOf([host, policy]);
      const questions = flowQuestions(cluster, start, to);
      const [question] = isQuestionError(questions) ? [] : questions;
      if (question === undefined) throw new Error('no question');
      const { decision, because, steps } = flowVerdict(cluster, question, { steps: true });
      const hooks = steps.flatMap(({ sentence, steps: parts = [] }) => [
        sentence,
        ...parts.map((part) => part.sentence),
      ]);
      return [decision, because.map(({ path }) => path.join('.')).join(), ...hooks];
    };
    expect(walk('198.51.100.1', '192.0.2.9:443')).toEqual([
      'allow',
      'spec.ingress.0',
      'raw PREROUTING of node n: no say',
      'mangle PREROUTING of node n: no say',
      'filter INPUT of node n: allowed',
      'ingress at host endpoint eth0, normal policies: allowed',
    ]);
    expect(walk('192.0.2.9', '198.51.100.1:25')).toEqual([
      'deny',
      'spec.egress.0',
      'raw OUTPUT of node n: no say',
      'filter OUTPUT of node n: denied',
      'egress at host endpoint eth0, normal policies: denied',
    ]);
    expect(walk('198.51.100.1', '192.0.2.9:22').at(-1)).toBe(
      'ingress at host endpoint eth0, normal policies: allowed (a failsafe port)',
    );
  });

  it("between a pod and a node names the pod's own rule, of its own direction", () => {
    const host = calicoGlobal('HostEndpoint', 'all', {
      node: 'node-1',
      interfaceName: '*',
      expectedIPs: ['192.0.2.9'],
    });
    const policy = kubernetesPolicy('shop', 'one', {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ port: 80 }] }],
      egress: [{ ports: [{ port: 81 }] }, { ports: [{ port: 80 }] }],
    });
    const cluster = clusterOf([host, policy, pod('shop', 'one', '10.0.0.1')]);
    const questions = flowQuestions(cluster, 'one', '192.0.2.9:80');
    const [question] = isQuestionError(questions) ? [] : questions;
    if (question === undefined) throw new Error('no question');
    const { because } = flowVerdict(cluster, question);
    expect(because.map(({ object, path }) => [object.name, path.join('.')])).toContainEqual(['one', 'spec.egress.1']);
  });

  it('tells the addresses of the internet apart where a policy does', () => {
    const policy = from({ ipBlock: { cidr: '203.0.113.0/24' } });
    expect(ask(clusterOf([web, policy]), 'internet', 'web:80')).toEqual(['deny', 'allow']);
    expect(ask(clusterOf([web]), 'internet', 'web:80')).toEqual(['allow']);
  });

  it('takes addresses of declared pods from their status', () => {
    const policy = from({ ipBlock: { cidr: '10.0.0.1/32' } });
    const cluster = clusterOf([web, pod('shop', 'one', '10.0.0.1'), pod('shop', 'two', '10.0.0.2'), policy]);
    expect(ask(cluster, 'one', 'web:80')).toEqual(['allow']);
    expect(ask(cluster, '10.0.0.2', 'web:80')).toEqual(['deny']);
  });

  it('leaves out policies that are refused, and says so at their place', () => {
    const policy = from({ ipBlock: { cidr: '10.0.0.0/33' } });
    const cluster = clusterOf([web, policy]);
    expect(ask(cluster, '10.0.0.1', 'web:80')).toEqual(['allow']);
    expect(networkOf(cluster).problems.map(({ object, by }) => [object.name, by])).toEqual([['web', 'apiserver']]);
  });
});
