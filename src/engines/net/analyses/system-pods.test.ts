import { describe, expect, it } from 'vitest';
import { parseSelector } from '../../../lang/calico-selector/parse-selector.ts';
import type { JsonObject } from '../../../model/object.ts';
import { clusterOf } from '../laws/analysis.fixture.ts';
import { networkOf } from '../model/network-of.ts';
import { systemPods } from './system-pods.ts';

const policy = (name: string, spec: JsonObject): JsonObject => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'GlobalNetworkPolicy',
  metadata: { name },
  spec: { types: ['Ingress', 'Egress'], ...spec },
});

function closed(...policies: JsonObject[]): readonly string[] {
  const { network } = networkOf(clusterOf(policies));
  const first = network.tiers.flatMap((tier) => tier.policies).find(({ name }) => name === 'deny');
  if (first === undefined) throw new Error('no policy');
  return systemPods(network).closedNamespaces(first);
}

describe('the namespaces of the system that a global policy closes', () => {
  it('are kube-system, and those of the operator where the tree has them or the policy spares one', () => {
    expect(closed(policy('deny', {}))).toEqual(['kube-system']);
    const spared = "projectcalico.org/namespace != 'calico-system'";
    expect(closed(policy('deny', { selector: spared }))).toEqual([
      'kube-system',
      'calico-apiserver',
      'tigera-operator',
    ]);
    const operator = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'calico-system' } };
    expect(closed(policy('deny', {}), operator)).toEqual(['kube-system', 'calico-system']);
    expect(closed(policy('deny', { selector: "app == 'web'" }))).toEqual([]);
    expect(closed(policy('deny', { selector: "app == '${APP}'" }))).toEqual([]);
  });

  it('are none where it allows everything, or another policy is there for their pods', () => {
    const allow = [{ action: 'Allow' }];
    expect(closed(policy('deny', { ingress: allow, egress: allow }))).toEqual([]);
    const system = { selector: "projectcalico.org/namespace == 'kube-system'", ingress: allow, egress: allow };
    expect(closed(policy('deny', {}), policy('system', system))).toEqual([]);
    const all = policy('all', { ingress: allow, egress: allow });
    expect(closed(policy('deny', {}), all)).toEqual([]);
    expect(closed(policy('deny', { ingress: [{ action: 'Deny' }] }), all)).toEqual(['kube-system']);
    const pass = [{ action: 'Pass' }];
    expect(closed(policy('deny', {}), policy('rest', { ingress: pass, egress: pass }))).toEqual([]);
  });
});

describe('the pods of kube-system', () => {
  it.each([
    ['all()', true],
    ["has(projectcalico.org/namespace) && projectcalico.org/namespace != 'shop'", true],
    ["app == 'web'", false],
    ["projectcalico.org/namespace == 'shop'", false],
  ])('are selected by %s, whatever they are: %s', (selector, expected) => {
    const { network } = networkOf(clusterOf([policy('some', { selector })]));
    const [some] = network.tiers.flatMap(({ policies }) => policies);
    if (some === undefined) throw new Error('no policy');
    expect(systemPods(network).covers(some)).toBe(expected);
  });
});

describe('the label that a pod must have for a selector to match it', () => {
  const trusted = (text: string): string | undefined => {
    const selector = parseSelector(text);
    if ('message' in selector) throw new Error(selector.message);
    return systemPods(networkOf(clusterOf([])).network).trustedLabel(selector);
  };

  it('is one that the author of the pod chooses', () => {
    expect(trusted("role == 'admin'")).toBe('role=admin');
    expect(trusted("role in {'admin', 'root'}")).toBe('role=admin|root');
    expect(trusted("has(role) && projectcalico.org/orchestrator == 'k8s'")).toBe('role');
    expect(trusted('all()')).toBeUndefined();
  });

  it('is not enough where the namespace or account counts as well', () => {
    expect(trusted("role == 'admin' && pcns.team == 'ops'")).toBeUndefined();
    expect(trusted("role == 'admin' && projectcalico.org/namespace == 'ops'")).toBeUndefined();
    expect(trusted("pcsa.kind == 'ops'")).toBeUndefined();
  });
});
