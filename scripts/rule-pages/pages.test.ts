import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { checkPage } from './check-page.ts';
import { lintExample } from './lint-example.ts';
import { withSnapshots } from './snapshot.ts';

const folder = join(import.meta.dirname, '../../rules');
const isUpdate = process.env.UPDATE === '1';

describe('the page of every rule is its test', () => {
  for (const rule of rules) {
    it(`${rule.id} finds what its page says, and nothing else`, () => {
      const path = join(folder, `${rule.id}.md`);
      const page = readFileSync(path, 'utf8');
      const first = checkPage(rule, page, rules, lintExample);
      if (!isUpdate) {
        expect(first.complaints).toEqual([]);
        return;
      }
      const updated = withSnapshots(page, first.examples, first.snapshots);
      if (updated !== page) writeFileSync(path, updated);
      expect(checkPage(rule, updated, rules, lintExample).complaints).toEqual([]);
    });
  }

  it('covers every page there is', () => {
    const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => path.slice(0, -3));
    expect(pages.sort()).toEqual(rules.map(({ id }) => id).sort());
  });
});
