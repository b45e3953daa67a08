import type { RulesValue } from '../ask/rules.ts';
import type { Paint } from './paint.ts';
import { renderTable } from './table.ts';

/** The rules as a table; `off` in place of the severity of those that run only where the configuration sets a level. */
export function renderRules({ rules }: RulesValue, { bold, red, yellow, cyan }: Paint): string {
  const colours = { error: red, warning: yellow, info: cyan };
  const header = ['RULE', 'SEVERITY', 'WHAT IT REQUIRES'].map((text) => ({ text, paint: bold }));
  const rows = rules.map(({ id, severity, stage, summary }) => [
    { text: id },
    stage === 'preview' ? { text: 'off' } : { text: severity, paint: colours[severity] },
    { text: summary },
  ]);
  return renderTable(header, rows);
}
