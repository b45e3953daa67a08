import { describe, expect, it } from 'vitest';
import { parseSelector } from '../../../lang/calico-selector/parse-selector.ts';
import { clusterOf } from '../laws/analysis.fixture.ts';
import { labelGap } from './label-gap.ts';

const namespaces = ['shop', 'data'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { team: name } },
}));

function gap(text: string, kubernetesVersion = '1.29') {
  const selector = parseSelector(text);
  if ('message' in selector) throw new Error(selector.message);
  return labelGap(clusterOf(namespaces, { kubernetesVersion }), selector);
}

describe('a label of namespaces that none of them has', () => {
  it('is one that a selector insists on', () => {
    expect(gap("pcns.team == 'shop'")).toBeUndefined();
    expect(gap("pcns.team == 'billing'")).toMatchObject({ key: 'team', values: ['billing'], isTooNew: false });
    expect(gap('has(pcns.owner)')).toMatchObject({ key: 'owner', values: [] });
    expect(gap("pcns.team == 'billing' || app == 'web'")).toBeUndefined();
    expect(gap("team == 'billing'")).toBeUndefined();
  });

  it('may be a misspelt one, or the name of a namespace', () => {
    expect(gap("pcns.team == 'shops'")?.meant).toEqual({ namespace: 'shop', label: 'team=shop' });
    expect(gap("pcns.teams == 'shop'")?.meant).toEqual({ namespace: 'shop', label: 'team=shop' });
    expect(gap("pcns.name == 'data'")?.meant).toEqual({ namespace: 'data' });
  });

  it('is never the name that the API server sets, unless the target version does not set it or the name is misspelt', () => {
    const named = "pcns.kubernetes.io/metadata.name == 'shop'";
    expect(gap(named)).toBeUndefined();
    expect(gap(named, '1.21')).toBeUndefined();
    expect(gap(named, '1.20')).toMatchObject({ isTooNew: true });
    expect(gap("pcns.kubernetes.io/metadata.name == 'shops'")?.meant).toEqual({ namespace: 'shop' });
    expect(gap("pcns.kubernetes.io/metadata.name == 'elsewhere'")).toBeUndefined();
  });
});
