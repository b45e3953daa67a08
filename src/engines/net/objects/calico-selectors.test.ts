import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { build, calicoGlobal, pod } from '../laws/network.fixture.ts';

/** The names of the endpoints that a global policy selects. */
function selected(spec: JsonObject): string[] {
  const host = calicoGlobal('HostEndpoint', 'host', { node: 'node-1', expectedIPs: ['192.0.2.1'] }, { app: 'web' });
  const { network } = build([
    pod('shop', 'web', '10.0.0.1', { app: 'web' }),
    pod('shop', 'other', '10.0.0.2'),
    host,
    calicoGlobal('GlobalNetworkPolicy', 'p', spec),
  ]);
  return [...network.pods, ...network.hosts]
    .filter((endpoint) => network.policies.selecting(endpoint).length > 0)
    .map(({ object }) => object.name);
}

describe('the selector of a global policy', () => {
  it('selects host endpoints too, as long as it asks for no namespace and no account', () => {
    expect(selected({})).toEqual(['web', 'other', 'host']);
    expect(selected({ selector: "app == 'web'" })).toEqual(['web', 'host']);
  });

  it('selects what has an account where it asks for any account', () => {
    expect(selected({ serviceAccountSelector: 'all()' })).toEqual(['web', 'other']);
    expect(selected({ selector: 'all()', serviceAccountSelector: 'all()' })).toEqual(['web', 'other']);
    expect(selected({ selector: "app == 'web'", serviceAccountSelector: 'all()' })).toEqual(['web']);
  });

  it('selects what has a namespace where it asks for any namespace', () => {
    expect(selected({ namespaceSelector: 'all()' })).toEqual(['web', 'other']);
    expect(selected({ selector: "app == 'web'", namespaceSelector: 'all()' })).toEqual(['web']);
  });
});
