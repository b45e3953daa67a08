import type { Command } from 'commander';
import { assumptionLines } from '../../report/assumption-lines.ts';
import { type AccessRequest, canI, listAccess } from '../../ask/rbac.ts';
import { UsageError } from '../../ask/values/usage-error.ts';
import { renderAccess } from '../../report/access-table.ts';
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
  readonly list?: boolean;
  readonly headers: boolean;
}

/** `k8sec can-i VERB TYPE[/NAME] | NONRESOURCEURL`: arguments, output and exit code of `kubectl auth can-i`. */
export function define(command: Command, { io, action }: CommandContext): void {
  command
    .argument('[verb]', 'get, list, create, use, ...')
    .argument('[resource]', 'TYPE, TYPE.GROUP, TYPE/NAME, or a URL that begins with /')
    .option('--as <user>', 'user name, or system:serviceaccount:NAMESPACE:NAME')
    .option('--as-group <group>', 'group of the user; may be repeated', collect)
    .option('-q, --quiet', 'print nothing, only exit 0 or 1')
    .option('--list', 'list everything that the user may do in the namespace')
    .option('--no-headers', 'with --list: print no header');
  addLongFormatOption(command).option(
    '--why',
    'print the binding and role that allow it; of a no, the grants that come nearest',
  );
  addQuestionOptions(command).action(
    action((verb: string | undefined, target: string | undefined, options: CanIOptions) => {
      if (options.list === true) {
        if (verb !== undefined) throw new UsageError('--list takes no verb and no resource');
        return printList(options, io);
      }
      if (verb === undefined || target === undefined)
        throw new UsageError('can-i takes a verb and a resource', 'or --list for everything that the user may do');
      return printAnswer([verb, target], options, io);
    }),
  );
}

/** The table of `kubectl auth can-i --list`. */
async function printList(options: CanIOptions, io: Io): Promise<ExitCode> {
  const cluster = oneCluster(await loadClusters(options.filename ?? [], options, io), options.cluster);
  const namespace = options.allNamespaces === true ? '' : options.namespace;
  const answer = listAccess(cluster, { ...whoOf(options), namespace });
  if (answer.error !== undefined) io.stderr.write(`Warning: ${printableLine(answer.error)}\n`);
  if (options.format === 'json') io.stdout.write(renderJson(answer));
  else io.stdout.write(renderAccess(answer, options));
  return 0;
}

function whoOf({ as, asGroup }: CanIOptions): Pick<AccessRequest, 'as' | 'asGroups'> {
  return { ...(as === undefined ? {} : { as }), ...(asGroup === undefined ? {} : { asGroups: asGroup }) };
}

async function printAnswer(question: readonly [string, string], options: CanIOptions, io: Io): Promise<ExitCode> {
  const cluster = oneCluster(await loadClusters(options.filename ?? [], options, io), options.cluster);
  const answer = canI(cluster, { ...questionOf(question, options), ...whoOf(options) });
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
  if (options.why === true) {
    for (const reason of [...answer.because, ...answer.nearest]) io.stdout.write(`  ${saidLine(reason, PLAIN)}\n`);
  }
  return answer.allowed ? 0 : 1;
}
