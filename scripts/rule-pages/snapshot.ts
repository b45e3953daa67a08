import type { Finding } from '../../src/lint/finding/finding.ts';
import { lineColumn } from '../../src/text/position.ts';
import type { SourceFile } from '../../src/text/source.ts';
import type { Example } from './page.ts';

/** Findings in full, as a page shows them: place, level, rule and message key, the message, what decided, the softening and the hint. */
export function snapshot(findings: readonly Finding[]): string {
  return findings.map(shown).join('');
}

function shown({ file, span, severity, rule, messageKey, message, related, softened, hint }: Finding): string {
  const lines = [
    `${place(file, span.start)} ${severity} ${rule}/${messageKey}`,
    `    ${message}`,
    ...related.map((each) => `    because: ${place(each.file, each.span.start)} ${each.message}`),
    ...(softened === undefined ? [] : [`    softened from ${softened.from}: ${softened.because}`]),
    ...(hint === undefined ? [] : [`    hint: ${hint}`]),
  ];
  return `${lines.map((line) => line.replaceAll('\n', '\\n')).join('\n')}\n`;
}

function place(file: SourceFile, offset: number): string {
  const { line, column } = lineColumn(file, offset);
  return `${file.path}:${String(line)}:${String(column)}`;
}

/** The page with a snapshot after each example, as `snapshots` gives them in order; none where one is ''. */
export function withSnapshots(markdown: string, examples: readonly Example[], snapshots: readonly string[]): string {
  const lines = markdown.split('\n');
  for (const [index, { end, snapshotEnd }] of [...examples.entries()].reverse()) {
    const text = snapshots[index] ?? '';
    const block = text === '' ? [] : ['', '```snapshot', ...text.trimEnd().split('\n'), '```'];
    lines.splice(end, snapshotEnd - end, ...block);
  }
  return lines.join('\n');
}
