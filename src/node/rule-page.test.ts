import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { rulePage } from './rule-page.ts';

test('every built-in rule has a page that begins with its id', () => {
  expect(rules.filter(({ id }) => !rulePage(id).startsWith(`# ${id}\n`)).map(({ id }) => id)).toEqual([]);
});
