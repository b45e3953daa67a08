import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ruleNamed, type RuleSummary } from '../ask/rules.ts';

/** A rule and its page. */
export interface ExplainedRule extends RuleSummary {
  /** The page, in Markdown: what `k8sec explain` shows. */
  readonly page: string;
}

/**
 * A built-in rule with its page, by its id or a former id.
 * @throws UsageError where there is none.
 */
export function explain(name: string): ExplainedRule {
  const rule = ruleNamed(name);
  return { ...rule, page: rulePage(rule.id) };
}

/** The Markdown page of a built-in rule, by id. The package carries `rules/` as the repository does; a built-in rule always has a page. */
export function rulePage(id: string): string {
  return readFileSync(join(packageRoot(), 'rules', `${id}.md`), 'utf8');
}

/** This module runs from `src/node/` and, bundled, from `dist/chunks/`: only the package's root has a package.json. */
function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
