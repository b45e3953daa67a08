import type { Command } from 'commander';
import { pspAccounts } from '../../../ask/pods/psp-accounts.ts';
import { pspMatrix } from '../../../ask/pods/psp-trials.ts';
import { renderJson } from '../../../report/json.ts';
import { renderAccountMatrix } from '../../../report/psp/psp-accounts.ts';
import { renderMatrix } from '../../../report/psp/psp-matrix.ts';
import type { CommandContext } from '../../command.ts';
import type { ExitCode } from '../../exit-code.ts';
import { addFormatOption } from '../../format-option.ts';
import { addInputOptions } from '../../input-options.ts';
import type { Io } from '../../io.ts';
import { loadClusters } from '../../load-clusters.ts';
import { paintFor } from '../../terminal.ts';
import type { PspOptions } from './psp-options.ts';

interface MatrixOptions extends PspOptions {
  readonly accounts?: boolean;
}

/** `k8sec psp matrix` */
export function defineMatrix(psp: Command, { io, action }: CommandContext): void {
  const command = psp
    .command('matrix')
    .description(
      'show for every pod and policy whether the pod may use it, whether it admits the pod, and which is chosen',
    )
    .argument('[paths...]', 'manifests (default: the current directory)');
  addFormatOption(command).option(
    '--accounts',
    'show for every account which policies it may use, like `can-i use podsecuritypolicy/…`',
  );
  addInputOptions(command).action(
    action((paths: readonly string[], options: MatrixOptions) => showMatrix(paths, options, io)),
  );
}

/** Exit 0 whatever the table says. */
async function showMatrix(paths: readonly string[], options: MatrixOptions, io: Io): Promise<ExitCode> {
  const { clusters } = await loadClusters(paths, options, io);
  io.stdout.write(options.accounts === true ? accounts(clusters, options, io) : pods(clusters, options, io));
  return 0;
}

type Clusters = Parameters<typeof pspMatrix>[0];

function accounts(clusters: Clusters, { format }: MatrixOptions, io: Io): string {
  const answer = pspAccounts(clusters);
  if (format === 'json') return renderJson(answer);
  return answer.clusters.map((cluster) => renderAccountMatrix(cluster, paintFor(io.stdout, io))).join('\n');
}

function pods(clusters: Clusters, { format }: MatrixOptions, io: Io): string {
  const answer = pspMatrix(clusters);
  if (format === 'json') return renderJson(answer);
  return answer.clusters.map((cluster) => renderMatrix(cluster, paintFor(io.stdout, io))).join('\n');
}
