import type { Command } from 'commander';
import type { CommandContext } from '../../command.ts';
import { addInputOptions } from '../../input-options.ts';
import type { FlowOptions } from './flow.ts';
import type { ListOptions } from './list.ts';
import { parseListFormat } from './list-format.ts';
import { parseTableFormat } from '../../table-format.ts';

/** `k8sec net flow`, `net explain` and `net list` */
export function define(command: Command, { io, action }: CommandContext): void {
  for (const [name, description] of [
    ['flow', 'whether a connection is allowed, and which policies decide it at both ends; exit 1 unless it is'],
    ['explain', 'the same with the whole walk: every tier, policy and rule that was looked at'],
  ] as const) {
    const asking = command
      .command(name)
      .description(description)
      .argument('[paths...]', 'manifests (default: the current directory)')
      .requiredOption(
        '--from <end>',
        'NAMESPACE/NAME or NAMESPACE/KIND/NAME of a pod or workload, an address, or `internet`',
      )
      .requiredOption(
        '--to <end>',
        'the same or NAMESPACE/service/NAME, then :PORT[/PROTOCOL]; [ADDRESS]:PORT for IPv6',
      )
      .option('--format <format>', 'pretty or json', parseTableFormat, 'pretty')
      .option('--cluster <name>', 'the cluster that is asked, where the manifests make several');
    addInputOptions(asking).action(
      action(async (paths: readonly string[], options: FlowOptions) => {
        const { showFlow } = await import('./flow.ts');
        return showFlow(paths, { ...options, steps: name === 'explain' }, io);
      }),
    );
  }
  const list = command
    .command('list')
    .description('who may reach whom on which ports')
    .argument('[paths...]', 'manifests (default: the current directory)')
    .option('--format <format>', 'pretty, json or csv', parseListFormat, 'pretty')
    .option('--cluster <name>', 'the cluster that is asked, where the manifests make several')
    .option('--ipv6', 'by IPv6 instead of IPv4');
  addInputOptions(list).action(
    action(async (paths: readonly string[], options: ListOptions) => {
      const { showList } = await import('./list.ts');
      return showList(paths, options, io);
    }),
  );
}
