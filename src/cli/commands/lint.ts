import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { analyze, type Analysis } from '../../ask/analyze.ts';
import { type LintValue, lintValue, type RuleLevel, type Severity } from '../../ask/lint.ts';
import { lintFailure } from '../../ask/lint-failure.ts';
import { ruleNamed } from '../../ask/rules.ts';
import { UsageError } from '../../ask/values/usage-error.ts';
import { systemReason } from '../../node/errors.ts';
import { describeBroken } from '../../node/describe-broken.ts';
import { readTree } from '../../node/read-tree.ts';
import { renderFooter } from '../../report/lint/footer.ts';
import { PLAIN } from '../../report/paint.ts';
import { VERSION } from '../../version.ts';
import type { CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { addInputOptions, demandObjects, type InputOptions, treeRequest } from '../input-options.ts';
import type { Io } from '../io.ts';
import { type Format, FORMATS, formatNamed } from '../formats.ts';
import { paintFor, widthOf } from '../terminal.ts';

interface LintOptions extends InputOptions {
  readonly format: Format;
  readonly output?: string;
  readonly failOn: Severity;
  readonly maxWarnings?: number;
  readonly failOnUnknown?: boolean;
  readonly exitZero?: boolean;
  readonly rule?: Readonly<Record<string, RuleLevel>>;
  readonly quiet?: boolean;
  readonly all?: boolean;
  readonly allowEmpty?: boolean;
  readonly stats?: boolean;
}

/** `k8sec lint [paths...]` */
export function define(command: Command, { io, action }: CommandContext): void {
  command
    .argument('[paths...]', 'files, directories, globs, or - for standard input (default: the current directory)')
    .option('-f, --format <format>', `report format: ${Object.keys(FORMATS).join(', ')}`, formatNamed, 'pretty')
    .option('-o, --output <file>', 'write the report to a file')
    .option(
      '--fail-on <severity>',
      'exit 1 if a finding has at least this severity: error, warning, info',
      parseSeverity,
      'error',
    )
    .option('--max-warnings <number>', 'exit 1 if there are more warnings than this', parseCount)
    .option('--fail-on-unknown', 'exit 1 if a value that verdicts may rest on is encrypted or filled in later')
    .option('--exit-zero', 'exit 0 even if there are findings')
    .option('-r, --rule <id=level>', 'set a rule to off, info, warning or error; may be repeated', parseRule)
    .option('-q, --quiet', 'report errors only')
    .option('--all', 'show every finding in full')
    .option('--allow-empty', 'exit 0 if there are no Kubernetes objects')
    .option('--stats', 'print timings');
  addInputOptions(command).action(action((paths: readonly string[], options: LintOptions) => lint(paths, options, io)));
}

async function lint(paths: readonly string[], options: LintOptions, io: Io): Promise<ExitCode> {
  const started = io.now();
  const { request, progress } = treeRequest(paths, options, io);
  try {
    for (const id of Object.keys(options.rule ?? {})) ruleNamed(id);
    const input = await readTree({ ...request, ...(options.rule === undefined ? {} : { rules: options.rule }) });
    if (input.files.length === 0 && options.allowEmpty !== true) demandObjects(0, 0);
    const read = io.now();
    const analysis = await describeBroken(analyze(input));
    progress.done();
    const report = lintValue(analysis);
    const findings =
      options.quiet === true ? report.findings.filter(({ severity }) => severity === 'error') : report.findings;
    write({ ...report, findings }, analysis.files, options, io);
    if (options.stats === true) writeStats(analysis, { reading: read - started, linting: io.now() - read }, io);
    return exitCode(analysis, report, options, io);
  } finally {
    progress.done();
  }
}

function write(report: LintValue, files: Analysis['files'], { format, output, all }: LintOptions, io: Io): void {
  const { render, hasFooter } = FORMATS[format];
  const paint = output === undefined ? paintFor(io.stdout, io) : PLAIN;
  const text = render(report, { paint, width: widthOf(io.stdout), files, all: all === true });
  if (output === undefined) io.stdout.write(text);
  else writeOutput(resolve(io.cwd, output), output, text);
  if (hasFooter && output === undefined) return;
  io.stderr.write(renderFooter(report, { paint: paintFor(io.stderr, io) }));
}

function writeOutput(path: string, shown: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`cannot write \`${shown}\`: ${systemReason(error)}`);
  }
}

function exitCode({ crashes, counts }: Analysis, report: LintValue, options: LintOptions, io: Io): ExitCode {
  for (const { rule, cluster, error } of crashes) {
    const where = cluster === '' ? '' : ` in cluster ${cluster}`;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr.write(
      `internal error: rule ${rule} crashed${where}; this is a bug in k8sec ${VERSION}, and the result is incomplete\n${stack}\n`,
    );
  }
  if (crashes.length > 0) return 3;
  const { fails, reasons } = lintFailure(report, options);
  if (fails && options.exitZero !== true) {
    for (const reason of reasons) io.stderr.write(`failed: ${reason}\n`);
    return 1;
  }
  if (options.allowEmpty !== true) demandObjects(counts.objects, counts.files);
  return 0;
}

function writeStats({ files, counts }: Analysis, times: Readonly<Record<string, number>>, { stderr }: Io): void {
  const size = files.reduce((sum, { text }) => sum + text.length, 0);
  const phases = Object.entries(times).map(([phase, milliseconds]) => `${phase} ${milliseconds.toFixed(0)} ms`);
  stderr.write(
    `${counts.files} files, ${(size / 1e6).toFixed(1)} MB, ${counts.documents} documents: ${phases.join(', ')}\n`,
  );
}

function parseSeverity(text: string): Severity {
  if (text === 'error' || text === 'warning' || text === 'info') return text;
  throw new UsageError(`invalid severity \`${text}\``, 'use error, warning or info');
}

function parseCount(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new UsageError(`invalid number of warnings: \`${text}\``);
}

function parseRule(
  text: string,
  before: Readonly<Record<string, RuleLevel>> = {},
): Readonly<Record<string, RuleLevel>> {
  const [, id, level] = /^([^=]+)=(off|info|warning|error)$/.exec(text) ?? [];
  if (id === undefined || level === undefined) {
    throw new UsageError(
      `invalid rule setting \`${text}\``,
      'use --rule ID=LEVEL, for example psp/order-hazard=off; levels are off, info, warning, error',
    );
  }
  return { ...before, [id]: level as RuleLevel };
}
