import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../object.ts';
import { readNetworkPolicy, selectorFields } from './network-policy.ts';

const kubernetes = (rule: JsonObject, direction = 'ingress') =>
  readNetworkPolicy('networking.k8s.io', 'NetworkPolicy', { spec: { [direction]: [rule] } })?.rules[0];
const calico = (rule: JsonObject, direction = 'ingress') =>
  readNetworkPolicy('projectcalico.org', 'NetworkPolicy', { spec: { [direction]: [rule] } })?.rules[0];

describe('a policy as it is written', () => {
  it('is of Kubernetes or of Calico, by its group', () => {
    const of = (group: string, kind: string) => {
      const view = readNetworkPolicy(group, kind, {});
      return view && [view.kindTitle, view.isGlobal, view.isStaged, view.isStored];
    };
    expect(of('networking.k8s.io', 'NetworkPolicy')).toEqual(['NetworkPolicy', false, false, false]);
    expect(of('extensions', 'NetworkPolicy')).toEqual(['NetworkPolicy', false, false, false]);
    expect(of('networking.k8s.io', 'GlobalNetworkPolicy')).toBeUndefined();
    expect(of('crd.antrea.io', 'NetworkPolicy')).toBeUndefined();
    expect(of('projectcalico.org', 'StagedGlobalNetworkPolicy')).toEqual([
      'Calico StagedGlobalNetworkPolicy',
      true,
      true,
      false,
    ]);
    expect(of('crd.projectcalico.org', 'NetworkPolicy')).toEqual(['Calico NetworkPolicy', false, false, true]);
    expect(of('projectcalico.org', 'StagedKubernetesNetworkPolicy')).toBeUndefined();
  });

  it('names the ports of the destination, with the field that a finding points at', () => {
    expect(kubernetes({ ports: [{ port: 80, endPort: 90 }, { protocol: 'UDP' }, { port: 'http' }] })?.ports).toEqual([
      { path: ['spec', 'ingress', 0, 'ports', 0, 'port'], protocol: 'TCP', port: 80, last: 90 },
      { path: ['spec', 'ingress', 0, 'ports', 1], protocol: 'UDP' },
      { path: ['spec', 'ingress', 0, 'ports', 2, 'port'], protocol: 'TCP', port: 'http' },
    ]);
    const at = ['spec', 'egress', 0, 'destination', 'ports'];
    expect(calico({ protocol: 'TCP', destination: { ports: ['80:90', '53', 'http', 8080] } }, 'egress')?.ports).toEqual(
      [
        { path: [...at, 0], protocol: 'TCP', port: 80, last: 90 },
        { path: [...at, 1], protocol: 'TCP', port: 53 },
        { path: [...at, 2], protocol: 'TCP', port: 'http' },
        { path: [...at, 3], protocol: 'TCP', port: 8080 },
      ],
    );
  });

  it('names blocks of addresses with what is taken out of them', () => {
    const block = { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } };
    expect(kubernetes({ to: [block] }, 'egress')?.peers[0]?.blocks).toEqual([
      {
        path: ['spec', 'egress', 0, 'to', 0, 'ipBlock', 'cidr'],
        text: '10.0.0.0/8',
        except: [{ path: ['spec', 'egress', 0, 'to', 0, 'ipBlock', 'except', 0], text: '10.1.0.0/16' }],
      },
    ]);
    const source = { nets: ['10.0.0.0/8'], notNets: ['10.1.0.0/16'] };
    expect(calico({ source })?.peers[0]?.blocks).toMatchObject([
      { text: '10.0.0.0/8', except: [{ path: ['spec', 'ingress', 0, 'source', 'notNets', 0] }] },
    ]);
  });

  it('names no peer where a rule of Calico says nothing of the other end', () => {
    expect(calico({ source: {}, destination: { selector: 'all()' } })?.peers).toEqual([]);
    expect(calico({ source: { selector: 'all()' } })?.peers).toHaveLength(1);
    expect(calico({ source: { selector: null } })?.peers).toEqual([]);
  });

  it('holds selectors in fields of any depth', () => {
    const spec = { selector: 'a', ingress: [{ source: { notSelector: 'b', nets: ['selector'] } }], order: 1 };
    expect(selectorFields(spec, ['spec'])).toEqual([
      { path: ['spec', 'selector'], text: 'a' },
      { path: ['spec', 'ingress', 0, 'source', 'notSelector'], text: 'b' },
    ]);
  });
});
