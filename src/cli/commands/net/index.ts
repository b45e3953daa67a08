import type { Command } from 'commander';
import type { CommandContext } from '../../command.ts';
import { addInputOptions } from '../../input-options.ts';
import { collect } from '../../question-options.ts';
import type { DiffOptions } from './diff.ts';
import type { ExposureOptions } from './exposure.ts';
import type { FlowOptions } from './flow.ts';
import { addFormatOption } from './format-option.ts';
import type { ListOptions } from './list.ts';
import type { MatrixOptions } from './matrix.ts';
import { addViewOptions } from './view-options.ts';

/** `k8sec net flow`, `explain`, `list`, `matrix`, `exposure` and `diff` */
export function define(command: Command, context: CommandContext): void {
  defineFlow(command, context);
  defineList(command, context);
  defineMatrix(command, context);
  defineExposure(command, context);
  defineDiff(command, context);
}

function defineFlow(command: Command, { io, action }: CommandContext): void {
  for (const [name, description] of [
    ['flow', 'whether a connection is allowed, and which policies decide it at both ends; exit 1 unless it is'],
    ['explain', 'the same with the whole walk: every tier, policy and rule that was looked at'],
  ] as const) {
    const asking = addManifests(command.command(name).description(description))
      .requiredOption(
        '--from <end>',
        'NAMESPACE/NAME or NAMESPACE/KIND/NAME of a pod or workload, an address, or `internet`',
      )
      .requiredOption(
        '--to <end>',
        'the same or NAMESPACE/service/NAME, then :PORT[/PROTOCOL]; [ADDRESS]:PORT for IPv6',
      );
    addCommonOptions(asking, ['pretty', 'json']).action(
      action(async (paths: readonly string[], options: FlowOptions) => {
        const { showFlow } = await import('./flow.ts');
        return showFlow(paths, { ...options, steps: name === 'explain' }, io);
      }),
    );
  }
}

function defineList(command: Command, { io, action }: CommandContext): void {
  const list = addManifests(command.command('list').description('who may reach whom on which ports'));
  addViewOptions(addCommonOptions(list, ['pretty', 'json', 'csv', 'dot', 'mermaid', 'svg']))
    .option('--ipv6', 'by IPv6 instead of IPv4')
    .action(
      action(async (paths: readonly string[], options: ListOptions) => {
        const { showList } = await import('./list.ts');
        return showList(paths, options, io);
      }),
    );
}

function defineMatrix(command: Command, { io, action }: CommandContext): void {
  const matrix = addManifests(
    command
      .command('matrix')
      .description('the same as a table: who may send what to whom, by namespace where it is large'),
  );
  addViewOptions(addCommonOptions(matrix, ['pretty', 'json', 'csv', 'markdown']))
    .option('--ipv6', 'by IPv6 instead of IPv4')
    .action(
      action(async (paths: readonly string[], options: MatrixOptions) => {
        const { showMatrix } = await import('./matrix.ts');
        return showMatrix(paths, options, io);
      }),
    );
}

function defineExposure(command: Command, { io, action }: CommandContext): void {
  const asking = addManifests(
    command.command('exposure').description('what is open to the outside and to pods that nobody has written yet'),
  );
  addCommonOptions(asking, ['pretty', 'json'])
    .option('-n, --namespace <name>', 'only the workloads of a namespace; may be repeated', collect)
    .option('--ipv6', 'by IPv6 instead of IPv4')
    .action(
      action(async (paths: readonly string[], options: ExposureOptions) => {
        const { showExposure } = await import('./exposure.ts');
        return showExposure(paths, options, io);
      }),
    );
}

function defineDiff(command: Command, { io, action }: CommandContext): void {
  const comparing = command
    .command('diff')
    .description('the flows that one tree of manifests opens or closes beside another; exit 1 if there are any')
    .argument('<old>', 'manifests as they were: a file or directory')
    .argument('<new>', 'manifests as they are to be');
  addCommonOptions(comparing, ['pretty', 'json', 'markdown'])
    .option('--ipv6', 'by IPv6 instead of IPv4')
    .action(
      action(async (old: string, now: string, options: DiffOptions) => {
        const { showDiff } = await import('./diff.ts');
        return showDiff([old, now], options, io);
      }),
    );
}

function addManifests(command: Command): Command {
  return command.argument('[paths...]', 'manifests (default: the current directory)');
}

function addCommonOptions(command: Command, formats: readonly string[]): Command {
  const choosing = addFormatOption(command, formats);
  return addInputOptions(
    choosing.option('--cluster <name>', 'the cluster that is asked, where the manifests make several'),
  );
}
