import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { expectations, HEADINGS, parsePage, type Example, type Expectation, type Page } from './page.ts';

/** Lints one example: these rules, that tree, that configuration; nothing else. */
export type LintExample = (example: Example, rules: readonly Rule[]) => readonly Finding[];

/** Rules that run over every page, so that no page shows a manifest the server would not take. */
const ALWAYS = ['meta/parse', 'meta/schema', 'meta/unknown-field', 'meta/duplicate-key', 'meta/tag-ignored'];

/**
 * Holds a rule to its page: the headings are there, every example yields exactly what its comments assert, every message of the rule is
 * shown failing at least once, and there are at least as many passing examples as messages. Returns the complaints, one a line.
 */
export function checkPage(rule: Rule, markdown: string, rules: readonly Rule[], lint: LintExample): string[] {
  const page = parsePage(markdown);
  const complaints = checkOutline(rule, page);
  const shown = new Set<string>();
  let passing = 0;
  for (const example of page.examples) {
    const expected = example.files.flatMap(expectations);
    const chosen = rules.filter(
      ({ id }) => id === rule.id || ALWAYS.includes(id) || expected.some((e) => e.rule === id),
    );
    const findings = lint(example, chosen);
    complaints.push(...compare(example, expected, findings));
    const own = findings.filter((finding) => finding.rule === rule.id);
    for (const { messageKey } of own) shown.add(messageKey);
    if (example.heading === 'Avoid' && own.length === 0)
      complaints.push(at(example, 'under Avoid, yet nothing is found'));
    if (example.heading === 'Prefer' && own.length > 0)
      complaints.push(at(example, 'under Prefer, yet the rule finds fault'));
    if (own.length === 0) passing++;
  }
  const messages = Object.keys(rule.messages);
  for (const key of messages) if (!shown.has(key)) complaints.push(`no example fails with the message \`${key}\``);
  if (passing < messages.length) {
    complaints.push(`${String(messages.length)} messages, but ${String(passing)} passing examples`);
  }
  return complaints;
}

function checkOutline(rule: Rule, page: Page): string[] {
  const complaints: string[] = [];
  if (page.title !== rule.id) complaints.push(`the title is \`${page.title}\`, not \`${rule.id}\``);
  if (page.summary !== `${rule.summary}.`)
    complaints.push(`the paragraph under the title must be the summary: ${rule.summary}.`);
  if (page.headings.join() !== HEADINGS.join()) complaints.push(`the headings must be: ${HEADINGS.join(', ')}`);
  return complaints;
}

function compare(example: Example, expected: readonly Expectation[], findings: readonly Finding[]): string[] {
  const complaints: string[] = [];
  const unmet = [...expected];
  for (const finding of findings) {
    const { path, text } = finding.file;
    const line = text.slice(0, finding.span.start).split('\n').length;
    const met = unmet.findIndex(
      (e) => e.path === path && e.line === line && e.rule === finding.rule && e.severity === finding.severity,
    );
    if (met >= 0) unmet.splice(met, 1);
    // One comment stands for all findings of its rule on its line.
    else if (
      !expected.some(
        (e) => e.path === path && e.line === line && e.rule === finding.rule && e.severity === finding.severity,
      )
    ) {
      const said = `${finding.severity}: [${finding.rule}] ${finding.message}`;
      complaints.push(at(example, `unexpected in ${path}, line ${String(line)}: ${said}`));
    }
  }
  for (const { path, line, severity, rule } of unmet) {
    complaints.push(at(example, `missing in ${path}, line ${String(line)}: ${severity}: [${rule}]`));
  }
  return complaints;
}

function at(example: Example, complaint: string): string {
  return `example of line ${String(example.line)} (${example.heading}): ${complaint}`;
}
