import { lineColumn } from '../../text/position.ts';
import type { LintReport } from './lint-report.ts';
import { printableLine } from '../printable.ts';

/** One finding a line, as compilers print them: `path:line:column: severity message [rule]`. Nothing at all when there is none. */
export function renderOneline({ findings }: LintReport): string {
  return findings
    .map(({ file, span, severity, message, rule }) => {
      const { line, column } = lineColumn(file, span.start);
      return `${printableLine(file.path)}:${line}:${column}: ${severity} ${printableLine(message)} [${rule}]\n`;
    })
    .join('');
}
