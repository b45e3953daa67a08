import type { Command } from 'commander';
import { clusters } from '../../ask/clusters.ts';
import { renderClusters } from '../../report/clusters.ts';
import { renderJson } from '../../report/json.ts';
import type { CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { addFormatOption, type TableFormat } from '../format-option.ts';
import { addInputOptions, type InputOptions } from '../input-options.ts';
import type { Io } from '../io.ts';
import { loadClusters } from '../load-clusters.ts';
import { paintFor } from '../terminal.ts';

interface ClustersOptions extends InputOptions {
  readonly format: TableFormat;
}

/** `k8sec clusters [paths]` */
export function define(command: Command, { io, action }: CommandContext): void {
  command.argument('[paths...]', 'manifests (default: the current directory)');
  addInputOptions(addFormatOption(command)).action(
    action((paths: readonly string[], options: ClustersOptions) => show(paths, options, io)),
  );
}

async function show(paths: readonly string[], options: ClustersOptions, io: Io): Promise<ExitCode> {
  const answer = clusters(await loadClusters(paths, options, io));
  const paint = paintFor(io.stdout, io);
  io.stdout.write(options.format === 'json' ? renderJson(answer) : renderClusters(answer, { paint }));
  return 0;
}
