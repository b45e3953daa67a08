import { counted } from '../lang/counted.ts';
import type { Severity } from '../lint/finding/finding.ts';
import type { LintValue } from './lint.ts';

/** What decides whether a run of `k8sec lint` fails. */
export interface FailureLimits {
  /** Findings of this severity or above fail the run. */
  readonly failOn: Severity;
  /** More warnings than this fail the run; any number passes when absent. */
  readonly maxWarnings?: number;
  /** Whether a value that is not known fails the run, where a verdict may rest on it. */
  readonly failOnUnknown?: boolean;
  /** Whether the report shows errors only. */
  readonly quiet?: boolean;
}

/** Whether a run fails, and what the report does not make plain about why: errors speak for themselves. */
export interface Failure {
  readonly fails: boolean;
  readonly reasons: readonly string[];
}

/** Holds a result to the limits of a run, by its summary. A result with `crashes` is not complete, whatever this says. */
export function lintFailure(
  { summary, unknown }: Pick<LintValue, 'summary' | 'unknown'>,
  limits: FailureLimits,
): Failure {
  const { failOn, maxWarnings = Infinity, quiet = false, failOnUnknown = false } = limits;
  const { error: errors, warning: warnings, info } = summary;
  const failing = { error: errors, warning: errors + warnings, info: errors + warnings + info }[failOn];
  const hidden = quiet ? '; --quiet hides them' : '';
  const reasons: string[] = [];
  if (failing > 0 && errors === 0)
    reasons.push(`${counted(failing, 'finding')} at or above \`${failOn}\` (--fail-on)${hidden}`);
  if (warnings > maxWarnings)
    reasons.push(`${counted(warnings, 'warning')}; --max-warnings allows ${maxWarnings}${hidden}`);
  const isOpen = failOnUnknown && unknown.length > 0;
  if (isOpen) reasons.push(`${counted(unknown.length, 'value')} not known (--fail-on-unknown)`);
  return { fails: failing > 0 || warnings > maxWarnings || isOpen, reasons };
}
