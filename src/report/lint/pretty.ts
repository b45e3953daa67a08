import type { FindingValue, LintValue } from '../../ask/lint.ts';
import type { FindingStep, Severity } from '../../lint/finding/finding.ts';
import { offsetOf } from '../../text/position.ts';
import type { SourceFile } from '../../text/source.ts';
import { codeFrame } from './code-frame.ts';
import { listed } from '../../lang/listed.ts';
import { counted } from '../../lang/counted.ts';
import { renderFooter } from './footer.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';

/** How a report for a person looks. */
export interface PrettyStyle {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** The files that were linted, to show their lines; findings in a file that is not among them are shown without. */
  readonly files: readonly SourceFile[];
  /** Show every finding, each in full. */
  readonly all: boolean;
}

/** Up to this many findings are all shown in full. */
const FEW = 30;
/** Beyond that: so many of each rule in full, so many more of it in a line each, the rest counted. */
const IN_FULL = 3;
const IN_A_LINE = 12;

/** The findings by file, each with its lines of the manifest and the objects that decided it; then what was judged and what was not. */
export function renderPretty(report: LintValue, style: PrettyStyle): string {
  const { findings } = report;
  const shown = chooseDetail(findings, style.all);
  const sources = new Map(style.files.map((each) => [each.path, each]));
  let text = '';
  let file: string | undefined;
  for (const { finding, inFull } of shown) {
    if (finding.file !== file) {
      file = finding.file;
      text += `${text === '' ? '' : '\n'}${style.paint.bold(printableLine(file))}\n`;
    }
    text += inFull ? renderInFull(finding, sources.get(finding.file), style) : renderInALine(finding, style);
  }
  text += renderLeftOut(findings, shown, style);
  return `${text}${text === '' ? '' : '\n'}${renderFooter(report, style)}`;
}

interface Shown {
  readonly finding: FindingValue;
  readonly inFull: boolean;
}

/** A thousand findings of one rule must not bury the one of another: detail is rationed by rule, and what is only for information gets a line. */
function chooseDetail(findings: readonly FindingValue[], all: boolean): Shown[] {
  if (all) return findings.map((finding) => ({ finding, inFull: true }));
  const few = findings.length <= FEW;
  const seen = new Map<string, number>();
  const shown: Shown[] = [];
  for (const finding of findings) {
    const before = seen.get(finding.rule) ?? 0;
    seen.set(finding.rule, before + 1);
    const inFull = finding.severity !== 'info' && (few || before < IN_FULL);
    if (few || before < IN_FULL + IN_A_LINE) shown.push({ finding, inFull });
  }
  return shown;
}

/** What was shortened or left out, by rule, and how to see it. */
function renderLeftOut(findings: readonly FindingValue[], shown: readonly Shown[], { paint }: PrettyStyle): string {
  if (shown.every(({ inFull }) => inFull)) return '';
  const left = new Map<string, { count: number; files: Set<string> }>();
  const seen = new Set(shown.map(({ finding }) => finding));
  for (const finding of findings) {
    if (seen.has(finding)) continue;
    const entry = left.get(finding.rule) ?? { count: 0, files: new Set() };
    left.set(finding.rule, entry);
    entry.count++;
    entry.files.add(finding.file);
  }
  const lines = [...left].map(
    ([rule, { count, files }]) => `… and ${count} more ${rule} in ${counted(files.size, 'file')}\n`,
  );
  return `\n${lines.join('')}${paint.dim('--all shows every finding in full')}\n`;
}

function renderInFull(finding: FindingValue, source: SourceFile | undefined, style: PrettyStyle): string {
  const { start, end, message, related, hint, steps, cluster, clusters } = finding;
  const { paint, width, all } = style;
  const where =
    clusters === undefined ? cluster && `cluster ${cluster}` : `clusters ${listed(clusters.map(nameOf), 5)}`;
  const inCluster = where === undefined ? '' : paint.dim(`  ${printableLine(where)}`);
  let text = `  ${start.line}:${start.column}  ${severityLabel(finding.severity, paint)}  ${paint.dim(finding.rule)}${inCluster}\n`;
  text += `    ${printableLine(all ? message : shorten(message, LONGEST_MESSAGE))}\n`;
  if (source !== undefined) {
    const span = { start: offsetOf(source, start), end: offsetOf(source, end) };
    text += codeFrame(source, span, start.line, { paint, width, indent: '    ' });
  }
  const places = all ? related : related.slice(0, MOST_PLACES);
  for (const location of places) {
    const at = location.start;
    text += `    ${paint.cyan(`${printableLine(location.file)}:${at.line}:${at.column}`)} ${printableLine(location.message)}\n`;
  }
  if (places.length < related.length)
    text += `    … and ${counted(related.length - places.length, 'more place')}, with --all\n`;
  for (const line of stepLines(steps).slice(0, MOST_STEPS)) text += `    ${paint.dim(printableLine(line))}\n`;
  if (hint !== undefined) text += `    ${paint.green('hint:')} ${printableLine(hint)}\n`;
  return text;
}

function nameOf(cluster: string): string {
  return cluster === '' ? '(the rest)' : cluster;
}

/** A pod of a thousand containers is refused for a thousand reasons: without --all, so much of the message and so many of the places. */
const LONGEST_MESSAGE = 2000;
const MOST_PLACES = 12;

/** The steps are a whole walk; the report shows its beginning, `--format json` all of it. */
const MOST_STEPS = 8;

function stepLines(steps: readonly FindingStep[], indent = ''): string[] {
  return steps.flatMap(({ sentence, outcome, steps: inner = [] }) => [
    `${indent}${outcome === 'noted' ? '' : `${outcome}: `}${sentence}`,
    ...stepLines(inner, `${indent}  `),
  ]);
}

/** The same for a finding that gets no more than a line. */
const LONGEST_IN_A_LINE = 400;

function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function renderInALine({ start, severity, message, rule }: FindingValue, { paint }: PrettyStyle): string {
  const { line, column } = start;
  const said = printableLine(shorten(message, LONGEST_IN_A_LINE));
  return `  ${line}:${column}  ${severityLabel(severity, paint)}  ${said}  ${paint.dim(rule)}\n`;
}

function severityLabel(severity: Severity, paint: Paint): string {
  if (severity === 'error') return paint.red('error');
  return severity === 'warning' ? paint.yellow('warning') : paint.cyan('info');
}
