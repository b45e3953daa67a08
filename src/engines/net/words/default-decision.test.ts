import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { defaultDecision } from './default-decision.ts';
import { buildNetwork } from '../model/build-network.ts';
import { plainObjects } from '../objects/network-objects.ts';
import { build, calicoGlobal, calicoPolicy, kubernetesPolicy, pod } from '../laws/network.fixture.ts';
import type { Direction } from '../form/normal-form.ts';

function decide(objects: readonly JsonObject[], direction: Direction = 'ingress'): string {
  const { network } = build([pod('shop', 'web', '10.0.0.1', { app: 'web' }), ...objects]);
  const [endpoint] = network.pods;
  if (endpoint === undefined) throw new Error('no pod');
  const { decision, by } = defaultDecision(network, endpoint, direction);
  return [decision, ...by.map(({ origin }) => origin.object.name)].join(' ');
}

const some = { action: 'Allow', protocol: 'TCP', source: { selector: "app == 'x'" } };

describe('what becomes of a packet that nobody wrote a rule for', () => {
  it('is allowed where no policy selects the pod', () => {
    expect(decide([])).toBe('allow');
    expect(decide([kubernetesPolicy('shop', 'in', { podSelector: {} })], 'egress')).toBe('allow');
  });

  it('is denied at the end of a tier, by the policies that select the pod', () => {
    expect(decide([kubernetesPolicy('shop', 'closed', { podSelector: {} })])).toBe('deny closed');
    expect(decide([calicoPolicy('shop', 'web', { ingress: [some] })])).toBe('deny web');
  });

  it('is what the first rule without a condition says', () => {
    const open = calicoPolicy('shop', 'open', { order: 10, ingress: [some, { action: 'Allow' }] });
    const closed = calicoPolicy('shop', 'closed', { order: 20, ingress: [{ action: 'Deny' }] });
    expect(decide([open, closed])).toBe('allow open');
    expect(decide([kubernetesPolicy('shop', 'all', { podSelector: {}, ingress: [{}] })])).toBe('allow all');
  });

  it('goes to the next tier where a tier passes', () => {
    const tier = calicoGlobal('Tier', 'first', { order: 1 });
    const pass = calicoGlobal('GlobalNetworkPolicy', 'first.pass', { tier: 'first', ingress: [{ action: 'Pass' }] });
    expect(decide([tier, pass])).toBe('allow');
    expect(decide([tier, pass, kubernetesPolicy('shop', 'closed', { podSelector: {} })])).toBe('deny closed');
  });

  it('is not changed by a staged policy', () => {
    expect(decide([calicoPolicy('shop', 'closed', { ingress: [{ action: 'Deny' }] }, 'StagedNetworkPolicy')])).toBe(
      'allow',
    );
  });

  it('is not known where it is not known whether the policy selects the pod', () => {
    const objects = [
      pod('shop', 'web', '10.0.0.1'),
      calicoGlobal('GlobalNetworkPolicy', 'red', { namespaceSelector: "team == 'red'", ingress: [{ action: 'Deny' }] }),
    ];
    const unsaid = { openSets: false, podBlocks: [], namespaces: new Set(['shop']), accounts: new Set<string>() };
    const { network } = buildNetwork({ ...plainObjects(objects), unsaid });
    const [endpoint] = network.pods;
    expect(endpoint && defaultDecision(network, endpoint, 'ingress').decision).toBe('unknown');
  });
});
