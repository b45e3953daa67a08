import type { Command } from 'commander';
import { renderJson } from '../../../report/json.ts';
import { renderFlows } from '../../../report/net/net-flow.ts';
import type { CommandContext } from '../../command.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { Io } from '../../io.ts';
import { loadClusters, oneCluster } from '../../load-clusters.ts';
import type { TableFormat } from '../../format-option.ts';
import { paintFor } from '../../terminal.ts';
import { addManifests, addNetOptions, type NetOptions } from './net-options.ts';
import { warnOfRefused } from './warn-of-refused.ts';

interface FlowOptions extends NetOptions {
  readonly from: string;
  readonly to: string;
  readonly format: TableFormat;
}

const COMMANDS = [
  {
    name: 'flow',
    steps: false,
    description:
      'check whether a connection is allowed, and show which policies decide at both ends; exit 1 if it is not',
  },
  {
    name: 'explain',
    steps: true,
    description: 'like flow, with every tier, policy and rule that is evaluated',
  },
];

/** `k8sec net flow` and `k8sec net explain` */
export function defineFlow(net: Command, { io, action }: CommandContext): void {
  for (const { name, steps, description } of COMMANDS) {
    const command = addManifests(net.command(name).description(description))
      .requiredOption(
        '--from <end>',
        'NAMESPACE/NAME or NAMESPACE/KIND/NAME of a pod or workload, an address, or `internet`',
      )
      .requiredOption(
        '--to <end>',
        'like --from, or NAMESPACE/service/NAME, followed by :PORT[/PROTOCOL]; [ADDRESS]:PORT for IPv6',
      );
    addNetOptions(command, ['pretty', 'json']).action(
      action((paths: readonly string[], options: FlowOptions) => showFlow(paths, options, steps, io)),
    );
  }
}

/** Answers for every flow of the question; exit 0 only where all of them are allowed. */
async function showFlow(paths: readonly string[], options: FlowOptions, steps: boolean, io: Io): Promise<ExitCode> {
  const { netFlow } = await import('../../../ask/net/flow.ts');
  const cluster = oneCluster(await loadClusters(paths, options, io), options.cluster);
  const answer = netFlow(cluster, { from: options.from, to: options.to, steps });
  if (options.format === 'json') io.stdout.write(renderJson(answer));
  else {
    warnOfRefused(answer.refused, io);
    io.stdout.write(renderFlows(answer, paintFor(io.stdout, io)));
  }
  return answer.flows.every(({ decision }) => decision === 'allow') ? 0 : 1;
}
