import type { Command } from 'commander';
import { canI } from '../../ask/rbac.ts';
import { assumptionLines } from '../../report/assumption-lines.ts';
import { PLAIN } from '../../report/paint.ts';
import { renderJson } from '../../report/json.ts';
import { printableLine } from '../../report/printable.ts';
import { saidLine } from '../../report/reasons.ts';
import type { CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { addLongFormatOption, type TableFormat } from '../format-option.ts';
import type { Io } from '../io.ts';
import { loadClusters, oneCluster } from '../load-clusters.ts';
import { addQuestionOptions, collect, questionOf, type QuestionOptions, writeWarnings } from '../question-options.ts';

interface CanIOptions extends QuestionOptions {
  readonly format: TableFormat;
  readonly as?: string;
  readonly asGroup?: readonly string[];
  readonly quiet?: boolean;
  readonly why?: boolean;
}

/** `k8sec can-i VERB TYPE[/NAME] | NONRESOURCEURL`: arguments, output and exit code of `kubectl auth can-i`. */
export function define(command: Command, { io, action }: CommandContext): void {
  command
    .argument('<verb>', 'get, list, create, use, ...')
    .argument('<resource>', 'TYPE, TYPE.GROUP, TYPE/NAME, or a URL that begins with /')
    .option('--as <user>', 'user name, or system:serviceaccount:NAMESPACE:NAME')
    .option('--as-group <group>', 'group of the user; may be repeated', collect)
    .option('-q, --quiet', 'print nothing, only exit 0 or 1');
  addLongFormatOption(command).option('--why', 'print the binding and role that allow it');
  addQuestionOptions(command).action(
    action((verb: string, target: string, options: CanIOptions) => printAnswer([verb, target], options, io)),
  );
}

async function printAnswer(question: readonly [string, string], options: CanIOptions, io: Io): Promise<ExitCode> {
  const cluster = oneCluster(await loadClusters(options.filename ?? [], options, io), options.cluster);
  const { as, asGroup } = options;
  const answer = canI(cluster, {
    ...questionOf(question, options),
    ...(as === undefined ? {} : { as }),
    ...(asGroup === undefined ? {} : { asGroups: asGroup }),
  });
  writeWarnings(answer.warnings, io);
  if (options.format === 'json') {
    if (options.quiet !== true) io.stdout.write(renderJson(answer));
    return answer.allowed ? 0 : 1;
  }
  if (options.quiet !== true) {
    const reason = answer.allowed || answer.message === '' ? '' : ` - ${printableLine(answer.message)}`;
    const word = answer.allowed ? 'yes' : answer.assumptions.length > 0 ? 'unknown' : 'no';
    io.stdout.write(`${word}${reason}\n${assumptionLines(answer.assumptions, PLAIN)}`);
  }
  if (options.why === true) for (const reason of answer.because) io.stdout.write(`  ${saidLine(reason, PLAIN)}\n`);
  return answer.allowed ? 0 : 1;
}
