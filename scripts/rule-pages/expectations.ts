import type { Finding } from '../../src/lint/finding/finding.ts';
import { lineColumn } from '../../src/text/position.ts';
import type { PageFile } from './page.ts';

/** A finding that a page asserts. `line` counts from 1. */
export interface Expectation {
  readonly path: string;
  readonly line: number;
  readonly severity: string;
  readonly rule: string;
  /** The key of the message; '' for any. */
  readonly key: string;
  /** A part of the message; '' for any. */
  readonly text: string;
}

const ASSERTION = /(error|warning|info): \[([\w-]+\/[\w-]+)(?:\/([\w-]+))?\](?: "([^"]*)")?/g;

/** The findings that the trailing comments of a file assert. */
export function expectations({ path, text: lines }: PageFile): Expectation[] {
  return lines.split('\n').flatMap((line, index) => {
    const comment = /#\s*((?:error|warning|info): \[.*)$/.exec(line)?.[1] ?? '';
    return [...comment.matchAll(ASSERTION)].map(([, severity = '', rule = '', key = '', text = '']) => ({
      path,
      line: index + 1,
      severity,
      rule,
      key,
      text,
    }));
  });
}

/** Whether a finding is what a comment asserts. */
export function isMet({ path, line, severity, rule, key, text }: Expectation, finding: Finding): boolean {
  return (
    finding.file.path === path &&
    lineColumn(finding.file, finding.span.start).line === line &&
    finding.rule === rule &&
    finding.severity === severity &&
    (key === '' || finding.messageKey === key) &&
    finding.message.includes(text)
  );
}
