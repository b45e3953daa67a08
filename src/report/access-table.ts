import type { AccessValue } from '../ask/rbac.ts';
import { printableLine } from './printable.ts';

const HEADER = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'];
/** Columns are as wide as their widest field and three blanks, but for the last. */
const PADDING = 3;
const NARROWEST = 6;

/** What a user may do, letter for letter as `kubectl auth can-i --list` prints it (v0.37). */
export function renderAccess({ rules }: AccessValue, { headers }: { readonly headers: boolean }): string {
  const rows = rules.map(({ resource, nonResourceURLs, resourceNames, verbs }) =>
    [resource, listed(nonResourceURLs), listed(resourceNames), listed(verbs)].map(printableLine),
  );
  const all = headers ? [HEADER, ...rows] : rows;
  const widths = HEADER.map((_, column) =>
    Math.max(NARROWEST, Math.max(...all.map((row) => row[column]?.length ?? 0)) + PADDING),
  );
  return all.map((row) => `${row.map((text, column) => pad(text, widths, column)).join('')}\n`).join('');
}

function listed(values: readonly string[]): string {
  return `[${values.join(' ')}]`;
}

function pad(text: string, widths: readonly number[], column: number): string {
  return column === widths.length - 1 ? text : text.padEnd(widths[column] ?? 0);
}
