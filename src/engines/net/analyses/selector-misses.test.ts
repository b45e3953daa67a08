import { describe, expect, it } from 'vitest';
import { workload } from '../../../cluster/load/manifest.fixture.ts';
import { parseSelector } from '../../../lang/calico-selector/parse-selector.ts';
import { clusterOf } from '../laws/analysis.fixture.ts';
import { networkOf } from '../model/network-of.ts';
import { missesOf } from './selector-misses.ts';

const misses = missesOf(
  networkOf(
    clusterOf([
      workload('Deployment', 'wordpress', { namespace: 'shop' }),
      workload('Deployment', 'mariadb', { namespace: 'data' }),
    ]),
  ),
);

function missOf(text: string) {
  const selector = parseSelector(text);
  if ('message' in selector) throw new Error(selector.message);
  return misses.ofSelector(selector);
}

describe('a selector that matches nothing is one edit away from matching', () => {
  it('by the value of a label', () => {
    expect(missOf("app == 'wordpres'")).toEqual({
      edit: 'value',
      key: 'app',
      asked: 'app=wordpres',
      there: 'app=wordpress',
    });
    expect(missOf("app == 'nginx'")).toBeUndefined();
  });

  it('by the key of a label: names under which applications are known, or one letter', () => {
    expect(missOf("k8s-app == 'mariadb'")).toMatchObject({
      edit: 'key',
      asked: 'k8s-app=mariadb',
      there: 'app=mariadb',
    });
    expect(missOf("apps == 'mariadb'")).toMatchObject({ edit: 'key', there: 'app=mariadb' });
    expect(missOf("owner == 'mariadb'")).toBeUndefined();
  });

  it('by the namespace, where the labels are those of pods in another one', () => {
    const inShop = "projectcalico.org/namespace == 'shop'";
    expect(missOf(`${inShop} && app == 'mariadb'`)).toEqual({
      edit: 'namespace',
      key: '',
      asked: 'shop',
      there: 'data',
    });
    expect(missOf(inShop)).toBeUndefined();
  });

  it('only where the rest of it matches, and only among the pods of its namespace', () => {
    expect(missOf("app == 'wordpres' && tier == 'front'")).toBeUndefined();
    expect(missOf("projectcalico.org/namespace == 'data' && app == 'wordpres'")).toBeUndefined();
  });

  it('by a label with one value: a list of several leaves open which is meant', () => {
    expect(missOf("app in {'wordpres'}")).toMatchObject({ there: 'app=wordpress' });
    expect(missOf("app in {'wordpres', 'mariabd'}")).toBeUndefined();
  });

  it('for a Service: among the pods of its namespace', () => {
    const labels = new Map([['app', 'mariabd']]);
    expect(misses.ofLabels('data', labels)).toMatchObject({ edit: 'value', there: 'app=mariadb' });
    expect(misses.ofLabels('shop', labels)).toBeUndefined();
  });
});
