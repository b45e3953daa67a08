import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { lintExample } from './lint-example.ts';
import { checkPage } from './check-page.ts';

const folder = join(import.meta.dirname, '../../../rules');

describe('the page of every rule is its test', () => {
  for (const rule of rules) {
    it(`${rule.id} finds what its page says, and nothing else`, () => {
      const page = readFileSync(join(folder, `${rule.id}.md`), 'utf8');
      expect(checkPage(rule, page, rules, lintExample)).toEqual([]);
    });
  }

  it('covers every page there is', () => {
    const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => path.slice(0, -3));
    expect(pages.sort()).toEqual(rules.map(({ id }) => id).sort());
  });
});
