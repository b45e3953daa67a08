import type { LintValue } from '../../ask/lint.ts';
import { printableLine } from '../printable.ts';

/** One finding a line, as compilers print them: `path:line:column: severity message [rule]`. Nothing at all when there is none. */
export function renderOneline({ findings }: LintValue): string {
  return findings
    .map(
      ({ file, start, severity, message, rule }) =>
        `${printableLine(file)}:${start.line}:${start.column}: ${severity} ${printableLine(message)} [${rule}]\n`,
    )
    .join('');
}
