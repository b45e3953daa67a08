import { expect, test } from 'vitest';
import type { Severity } from '../finding/finding.ts';
import type { SaidWords } from '../rule/definition.ts';
import type { Draft } from './order-findings.ts';
import { putTogether } from './put-together.ts';

const rule = {
  id: 'a/b',
  messages: {
    open: { level: 'info', text: '`{name}` is open', many: '{count} are open: {name}' },
    own: { level: 'info', text: '`{name}` is its own' },
  },
} as const;

function found(names: readonly string[], messageKey: 'open' | 'own', severity: Severity = 'info') {
  const said = new Map<Draft, SaidWords>();
  for (const [index, name] of names.entries()) {
    const draft: Draft = {
      baseId: name,
      rule: rule.id,
      severity,
      messageKey,
      message: `\`${name}\``,
      file: { path: 'a.yaml', text: '' },
      span: { start: index, end: index },
      path: [],
      related: [],
      hint: 'close it',
      cluster: '',
      steps: [],
    };
    said.set(draft, { name });
  }
  const cluster = { file: { path: 'cluster.yaml', text: '' }, span: { start: 0, end: 0 }, isOfCluster: true };
  return putTogether(rule, [...said.keys()], said, cluster);
}

test('more than a few findings of a message are one about all manifests, which names the first and relates to all', () => {
  expect(found(['a', 'b', 'c', 'd', 'e', 'f'], 'open')).toMatchObject([
    {
      message: '6 are open: `a`, `b`, `c`, `d`, `e` and 1 more',
      file: { path: 'cluster.yaml' },
      hint: 'close it',
      related: ['a', 'b', 'c', 'd', 'e', 'f'].map(() => ({ file: { path: 'a.yaml' }, message: 'close it' })),
    },
  ]);
});

test('a few stand each at its own place, and so do those of a message without words for many', () => {
  expect(found(['a', 'b', 'c'], 'open')).toHaveLength(3);
  expect(found(['a', 'b', 'c', 'd'], 'own')).toHaveLength(4);
});
