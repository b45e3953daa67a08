import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BINDINGS, ROLES } from '../../src/cluster/data/bootstrap-rbac.ts';
import { builtInPlugins } from '../../src/cluster/components/admission-plugins.ts';
import { bootstrapRBAC } from '../../src/cluster/stored/bootstrap-rbac.ts';
import { RESOURCES } from '../../src/model/data/discovery.ts';
import { rowsForMinor } from '../../src/model/minor-ranges.ts';
import { MINORS, nearestMinor, NEWEST_MINOR, OLDEST_MINOR } from '../../src/model/versions.ts';

const root = join(import.meta.dirname, '../..');

it.each([
  ['what versions serve', RESOURCES],
  ['their own roles', ROLES],
  ['their own bindings', BINDINGS],
])('the generated table of %s has rows for the versions that k8sec knows, and for no other', (_, table) => {
  const bounds = table.split('\n').flatMap((line) => (line.split('|')[0] ?? '').split(/[,-]/).map(Number));
  expect([Math.min(...bounds), Math.max(...bounds)]).toEqual([OLDEST_MINOR, NEWEST_MINOR]);
  expect(MINORS.filter((minor) => rowsForMinor(table, minor).length === 0)).toEqual([]);
});

it.each(['src/model/data/structs.ts', 'src/cluster/data/template-structs.ts'])('%s is generated for them', (file) => {
  const head = readFileSync(join(root, file), 'utf8').slice(0, 1000);
  expect(head).toContain(`1.${OLDEST_MINOR} to 1.${NEWEST_MINOR}`);
});

/** Tables that people keep. What their comments say is up to which version somebody has compared them with Kubernetes. */
it.each([
  'src/cluster/components/admission-plugins.ts',
  'src/cluster/defaults/default-later.ts',
  'src/cluster/defaults/pod-level-resources.ts',
  'src/cluster/index/feature-gates.ts',
  'src/cluster/pods/template-hash/closed-fields.ts',
  'src/cluster/validation/later-pod-validation.ts',
  'src/engines/admission/limits/limit-ranger.ts',
  'src/engines/admission/quota/resource-quota.ts',
  'src/engines/admission/request/pod-totals.ts',
  'src/engines/psa/checks.ts',
])('%s was compared with the newest version', (file) => {
  expect(readFileSync(join(root, file), 'utf8')).toMatch(new RegExp(`\\bv?[01]\\.${String(NEWEST_MINOR)}\\b`));
});

it('every version has its admission plugins and its own roles', () => {
  expect(MINORS.filter((minor) => builtInPlugins(minor).length === 0)).toEqual([]);
  expect(MINORS.filter((minor) => bootstrapRBAC({ minor }).roles.length === 0)).toEqual([]);
});

it('of versions that are not known the nearest counts', () => {
  expect([OLDEST_MINOR - 3, 24, NEWEST_MINOR + 3].map(nearestMinor)).toEqual([OLDEST_MINOR, 24, NEWEST_MINOR]);
});
