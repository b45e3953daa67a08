import type { Command } from 'commander';
import { admit, admitExplain } from '../../ask/pods/admit.ts';
import { renderJson } from '../../report/json.ts';
import { renderAdmissionWalk } from '../../report/admit/admit-explain.ts';
import { imageLines } from '../../report/admit/admit-settling.ts';
import { admissionHead, renderAdmission } from '../../report/admit/admit-table.ts';
import type { CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { addFormatOption, type TableFormat } from '../format-option.ts';
import { addInputOptions, type InputOptions } from '../input-options.ts';
import type { Io } from '../io.ts';
import { loadClusters } from '../load-clusters.ts';
import { podAndPaths } from '../pods-named.ts';
import { paintFor } from '../terminal.ts';

interface AdmitOptions extends InputOptions {
  readonly format: TableFormat;
  readonly all?: boolean;
}

/** `k8sec admit` and `k8sec admit explain`; exit 0 whatever the table says. */
export function define(command: Command, { io, action }: CommandContext): void {
  command.enablePositionalOptions().argument('[paths...]', 'manifests (default: the current directory)');
  addFormatOption(command).option('--all', 'list every workload and every reason, without a limit');
  addInputOptions(command).action(
    action((paths: readonly string[], options: AdmitOptions) => showTable(paths, options, io)),
  );
  const explain = command
    .command('explain')
    .description('show for a pod what each admission plugin changes or rejects, and whether the kubelet starts it')
    .argument('[pod]', 'NAMESPACE/NAME, KIND/NAME or NAME of a pod or workload (default: all)')
    .argument('[paths...]', 'manifests (default: the current directory)');
  addInputOptions(addFormatOption(explain)).action(
    action((pod: string | undefined, paths: readonly string[], options: AdmitOptions) =>
      showWalk(pod, paths, options, io),
    ),
  );
}

async function showTable(paths: readonly string[], options: AdmitOptions, io: Io): Promise<ExitCode> {
  const { clusters } = await loadClusters(paths, options, io);
  const answer = admit(clusters);
  const paint = paintFor(io.stdout, io);
  io.stdout.write(
    options.format === 'json'
      ? renderJson(answer)
      : answer.clusters.map((each) => renderAdmission(each, paint, options.all === true)).join('\n'),
  );
  return 0;
}

async function showWalk(
  first: string | undefined,
  others: readonly string[],
  options: AdmitOptions,
  io: Io,
): Promise<ExitCode> {
  const { request, paths } = podAndPaths(first, others, io);
  const { clusters } = await loadClusters(paths, options, io);
  const answer = admitExplain(clusters, request);
  const paint = paintFor(io.stdout, io);
  io.stdout.write(
    options.format === 'json'
      ? renderJson(answer)
      : answer.clusters
          .map(
            (cluster) =>
              admissionHead(cluster, paint) +
              cluster.pods.map((pod) => `\n${renderAdmissionWalk(pod, paint)}`).join('') +
              imageLines(cluster.pods, paint, true),
          )
          .join('\n'),
  );
  return 0;
}
