import { describe, expect, it } from 'vitest';
import { makeCheckRegistry } from './check-registry.ts';
import type { Check } from './check.ts';
import { standardsOf } from './evaluate-pod.ts';

const passes = (): undefined => undefined;

function check(id: string, changes: Partial<Check> = {}): Check {
  return { id, level: 'baseline', versions: [{ since: 0, checkPod: passes }], ...changes };
}

describe('makeCheckRegistry', () => {
  it.each<[string, Check[], string]>([
    ['an id twice', [check('a'), check('a')], 'multiple checks registered for ID a'],
    ['a check without versions', [check('a', { versions: [] })], 'check a: empty'],
    [
      'versions out of order',
      [
        check('a', {
          versions: [
            { since: 9, checkPod: passes },
            { since: 8, checkPod: passes },
          ],
        }),
      ],
      'check a: versions must be strictly increasing',
    ],
    [
      'an override by a baseline check',
      [check('a'), check('b', { versions: [{ since: 0, checkPod: passes, overrides: ['a'] }] })],
      'check b: only restricted checks may set overrides',
    ],
    [
      'an override of a restricted check',
      [
        check('a', { level: 'restricted' }),
        check('b', { level: 'restricted', versions: [{ since: 0, checkPod: passes, overrides: ['a'] }] }),
      ],
      'check b: overrides restricted check a',
    ],
    [
      'an override of nothing',
      [check('b', { level: 'restricted', versions: [{ since: 0, checkPod: passes, overrides: ['a'] }] })],
      'check b: overrides unknown check a',
    ],
  ])('refuses %s', (_, checks, message) => {
    expect(() => makeCheckRegistry(checks)).toThrow(message);
  });

  it('runs baseline checks first, each level in the order of bytes', () => {
    const registry = makeCheckRegistry([check('z'), check('aB'), check('ab'), check('c', { level: 'restricted' })]);
    expect(registry.checksAt('restricted', 30).map(({ id }) => id)).toEqual(['aB', 'ab', 'z', 'c']);
    expect(registry.checksAt('baseline', 30).map(({ id }) => id)).toEqual(['aB', 'ab', 'z']);
  });
});

const STANDARDS = standardsOf(37);

describe('standardsOf', () => {
  it('changes at the minors at which upstream does', () => {
    expect(STANDARDS.newest).toBe(37);
    expect(STANDARDS.stepsOf('baseline')).toEqual([0, 19, 27, 29, 31, 32, 34, 35, 37]);
    expect(STANDARDS.stepsOf('restricted')).toEqual([0, 8, 19, 22, 23, 25, 27, 29, 31, 32, 34, 35, 37]);
  });

  it('drops the baseline checks that restricted ones override', () => {
    const ids = STANDARDS.checksAt('restricted', 37).map(({ id }) => id);
    for (const id of ['hostPathVolumes', 'capabilities_baseline', 'seccompProfile_baseline', 'procMount']) {
      expect(ids).not.toContain(id);
    }
    expect(STANDARDS.checksAt('restricted', 21).map(({ id }) => id)).toContain('capabilities_baseline');
  });
});
