import { describe, expect, it } from 'vitest';
import { connectivity, type Connectivity } from '../../engines/net/sets/connectivity.ts';
import { build, kubernetesPolicy, pod } from '../../engines/net/laws/network.fixture.ts';
import { connectionsOf, type NetListValue, summaryOf } from '../../ask/net/list.ts';
import { renderList, renderListCsv, renderListJson } from './net-list.ts';
import { PLAIN } from '../paint.ts';

/** Namespaces `n0`, `n1`, ... of four pods each; the last pod of each lets in only the one namespace before its own. */
function clusterOf(namespaces: number) {
  const names = Array.from({ length: namespaces }, (_, n) => `n${String(n)}`);
  const pods = names.flatMap((name, n) =>
    [0, 1, 2, 3].map((i) => pod(name, `p${String(i)}`, `10.0.${String(n)}.${String(i + 1)}`, { app: `p${String(i)}` })),
  );
  const policies = names.map((name, n) => {
    const from = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': names[n - 1] ?? 'none' } } }];
    return kubernetesPolicy(name, 'last', {
      podSelector: { matchLabels: { app: 'p3' } },
      ingress: [{ from, ports: [{ port: 80 }] }],
    });
  });
  return connectivity(build([...pods, ...policies]).network, 4);
}

function valueOf(all: Connectivity): NetListValue {
  return { version: 1, connections: connectionsOf(all), refused: [] };
}

function entries(text: string): string[][] {
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

describe('the list of all allowed traffic', () => {
  it('has a row for each destination while it is short', () => {
    const table = renderList({ ...summaryOf(clusterOf(2)), refused: [] }, PLAIN);
    expect(table).toMatch(/^n1\/p3 +TCP 80 +n0\/\*$/m);
    expect(table).toMatch(/^n0\/p0 +all +all sources$/m);
    expect(table.split('\n')[0]).toBe('TO       ALLOWED  FROM');
    expect(table).not.toContain('together');
  });

  it('puts destinations with the same sources together when it is long, and says so', () => {
    const table = renderList({ ...summaryOf(clusterOf(40)), refused: [] }, PLAIN);
    expect(table).toMatch(/^120 pods in 40 namespaces +all +all sources$/m);
    expect(table).toMatch(/^n1\/p3 +TCP 80 +n0\/\*$/m);
    expect(table.split('\n').length).toBeLessThan(60);
    expect(table).toContain('lists of more than 12 names are shortened');
  });

  it.each([2, 40])('says in json and csv the same of every pair, with %i namespaces', (namespaces) => {
    const all = valueOf(clusterOf(namespaces));
    const json = JSON.parse([...renderListJson(all)].join('')) as {
      connections: { to: string; allowed: string; unknown: string; from: string[] }[];
    };
    const pairs = json.connections.flatMap(({ to, allowed, unknown, from }) =>
      from.map((source) => [source, to, allowed, unknown]),
    );
    expect(entries([...renderListCsv(all)].join(''))).toEqual(pairs);
    const reachable = pairs.filter(([, to]) => to === 'n1/p3').map(([from]) => from);
    expect(reachable).toEqual(['n0/p0', 'n0/p1', 'n0/p2', 'n0/p3']);
    expect(pairs.map(([, to]) => to)).toEqual([...pairs.map(([, to]) => to)].sort(outsideLast));
  });

  it('is valid json when nothing is allowed', () => {
    const none = connectivity(build([]).network, 4);
    const text = [...renderListJson(valueOf(none))].join('');
    expect(JSON.parse(text)).toEqual({ version: 1, connections: [], refused: [] });
  });
});

function outsideLast(a = '', b = ''): number {
  const [x, y] = [a.startsWith('outside'), b.startsWith('outside')];
  return x === y ? (a < b ? -1 : a > b ? 1 : 0) : x ? 1 : -1;
}
