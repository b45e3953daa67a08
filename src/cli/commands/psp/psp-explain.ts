import type { Command } from 'commander';
import { pspExplain } from '../../../ask/pods/psp-trials.ts';
import { renderJson } from '../../../report/json.ts';
import { renderExplanation } from '../../../report/psp/psp-explain.ts';
import { headLine } from '../../../report/psp/psp-matrix.ts';
import type { CommandContext } from '../../command.ts';
import type { ExitCode } from '../../exit-code.ts';
import { addFormatOption } from '../../format-option.ts';
import { addInputOptions } from '../../input-options.ts';
import type { Io } from '../../io.ts';
import { loadClusters } from '../../load-clusters.ts';
import { podAndPaths } from '../../pods-named.ts';
import { paintFor } from '../../terminal.ts';
import type { PspOptions } from './psp-options.ts';

/** `k8sec psp explain [pod] [paths]`: what exists as a path is one, so that the pod may be left out. */
export function defineExplain(psp: Command, { io, action }: CommandContext): void {
  const command = psp
    .command('explain')
    .description('explain which policy a pod gets, why, and what the policy changes in it')
    .argument('[pod]', 'NAMESPACE/NAME, KIND/NAME or NAME of a pod or workload (default: all)')
    .argument('[paths...]', 'manifests (default: the current directory)');
  addInputOptions(addFormatOption(command)).action(
    action((pod: string | undefined, paths: readonly string[], options: PspOptions) =>
      showExplanation(pod, paths, options, io),
    ),
  );
}

async function showExplanation(
  first: string | undefined,
  others: readonly string[],
  options: PspOptions,
  io: Io,
): Promise<ExitCode> {
  const { request, paths } = podAndPaths(first, others, io);
  const { clusters } = await loadClusters(paths, options, io);
  const answer = pspExplain(clusters, request);
  const paint = paintFor(io.stdout, io);
  io.stdout.write(
    options.format === 'json'
      ? renderJson(answer)
      : answer.clusters
          .map((cluster) => {
            const explained = cluster.pods.map((pod) => `\n${renderExplanation(pod, paint)}`);
            return headLine(cluster, paint) + explained.join('');
          })
          .join('\n'),
  );
  return 0;
}
