import type { Finding } from '../../src/lint/finding/finding.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { lineColumn } from '../../src/text/position.ts';
import { type Expectation, expectations, isMet } from './expectations.ts';
import { configValue } from './lint-example.ts';
import { HEADINGS, parsePage, type Example, type Page } from './page.ts';
import { snapshot } from './snapshot.ts';

/** Lints one example: these rules, that tree, that configuration; nothing else. */
export type LintExample = (example: Example, rules: readonly Rule[]) => readonly Finding[];

/** Rules that run over every page, so that no page shows a manifest the server would not take. */
const ALWAYS = ['meta/parse', 'meta/schema', 'meta/unknown-field', 'meta/duplicate-key', 'meta/tag-ignored'];

/** What is wrong with a page, and what it must show. */
export interface CheckedPage {
  readonly complaints: readonly string[];
  readonly examples: readonly Example[];
  /** One for each example; '' for one without findings. */
  readonly snapshots: readonly string[];
}

/**
 * Holds a rule to its page: the headings are there, every example yields exactly what its comments assert, every message of the rule is
 * shown failing at least once, there are at least as many passing examples as messages, and each option is shown to make a difference. Returns
 * the complaints, one a line, and the findings of each example as the page must show them.
 */
export function checkPage(rule: Rule, markdown: string, rules: readonly Rule[], lint: LintExample): CheckedPage {
  const page = parsePage(markdown);
  const complaints = checkOutline(rule, page);
  const shown = new Set<string>();
  const snapshots: string[] = [];
  const options = new Map(Object.keys(rule.options).map((name) => [name, new Set<string>()]));
  let passing = 0;
  for (const example of page.examples) {
    const expected = example.files.flatMap(expectations);
    const chosen = rules.filter(
      ({ id }) => id === rule.id || ALWAYS.includes(id) || expected.some((e) => e.rule === id),
    );
    const findings = lint(example, chosen);
    complaints.push(...compare(example, expected, findings));
    const text = snapshot(findings);
    snapshots.push(text);
    if (text !== example.snapshot) complaints.push(at(example, `the page does not show these findings:\n${text}`));
    const own = findings.filter((finding) => finding.rule === rule.id);
    for (const { messageKey } of own) shown.add(messageKey);
    if (example.heading === 'Avoid' && own.length === 0)
      complaints.push(at(example, 'under Avoid, yet nothing is found'));
    if (example.heading === 'Prefer' && own.length > 0)
      complaints.push(at(example, 'under Prefer, yet the rule finds fault'));
    if (own.length === 0) passing++;
    for (const name of example.heading === 'Options' ? optionsSet(rule, example) : []) {
      options.get(name)?.add(own.map(({ message }) => message).join('\n'));
    }
  }
  for (const [name, outcomes] of options) {
    if (outcomes.size < 2) complaints.push(`no two examples under Options set \`${name}\` and find different things`);
  }
  const messages = Object.keys(rule.messages);
  for (const key of messages) if (!shown.has(key)) complaints.push(`no example fails with the message \`${key}\``);
  if (passing < messages.length) {
    complaints.push(`${String(messages.length)} messages, but ${String(passing)} passing examples`);
  }
  return { complaints, examples: page.examples, snapshots };
}

function checkOutline(rule: Rule, page: Page): string[] {
  const complaints: string[] = [];
  if (page.title !== rule.id) complaints.push(`the title is \`${page.title}\`, not \`${rule.id}\``);
  if (page.summary !== `${rule.summary}.`)
    complaints.push(`the paragraph under the title must be the summary: ${rule.summary}.`);
  const headings = HEADINGS.filter((name) => name !== 'Options' || Object.keys(rule.options).length > 0);
  if (page.headings.join() !== headings.join()) complaints.push(`the headings must be: ${headings.join(', ')}`);
  return complaints;
}

/** Every finding needs a comment of its own, and every comment a finding. */
function compare(example: Example, expected: readonly Expectation[], findings: readonly Finding[]): string[] {
  const complaints: string[] = [];
  const unmet = [...expected];
  for (const finding of findings) {
    const met = unmet.findIndex((expectation) => isMet(expectation, finding));
    if (met >= 0) unmet.splice(met, 1);
    else {
      const { path } = finding.file;
      const { line } = lineColumn(finding.file, finding.span.start);
      const said = `${finding.severity}: [${finding.rule}] ${finding.message}`;
      complaints.push(at(example, `unexpected in ${path}, line ${String(line)}: ${said}`));
    }
  }
  for (const { path, line, severity, rule, key, text } of unmet) {
    const what = `[${rule}${key === '' ? '' : `/${key}`}]${text === '' ? '' : ` "${text}"`}`;
    complaints.push(at(example, `missing in ${path}, line ${String(line)}: ${severity}: ${what}`));
  }
  return complaints;
}

/** The options of the rule that the configuration of an example sets. */
function optionsSet({ id }: Rule, { config = '' }: Example): string[] {
  const value = configValue(config);
  const rules = typeof value === 'object' && value !== null && 'rules' in value ? value.rules : undefined;
  const setting =
    typeof rules === 'object' && rules !== null ? Object.entries(rules).find(([name]) => name === id) : undefined;
  const given: unknown = Array.isArray(setting?.[1]) ? setting[1][1] : undefined;
  return typeof given === 'object' && given !== null ? Object.keys(given) : [];
}

function at(example: Example, complaint: string): string {
  return `example of line ${String(example.line)} (${example.heading}): ${complaint}`;
}
