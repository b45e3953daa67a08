import type { Command } from 'commander';
import { renderJson } from '../../../report/json.ts';
import { renderMatrixCsv, renderMatrixMarkdown } from '../../../report/net/net-matrix-data.ts';
import { renderMatrix } from '../../../report/net/net-matrix.ts';
import type { CommandContext } from '../../command.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { Io } from '../../io.ts';
import { loadClusters, oneCluster } from '../../load-clusters.ts';
import { paintFor, widthOf } from '../../terminal.ts';
import { addFamilyOption, addManifests, addNetOptions, type NetOptions } from './net-options.ts';
import { addViewOptions, flowsRequest, type ViewOptions } from './view-options.ts';
import { warnOfRefused } from './warn-of-refused.ts';

interface MatrixOptions extends NetOptions, ViewOptions {
  readonly format: 'pretty' | 'json' | 'csv' | 'markdown';
}

/** `k8sec net matrix` */
export function defineMatrix(net: Command, { io, action }: CommandContext): void {
  const command = addManifests(
    net
      .command('matrix')
      .description('show the allowed connections as a table; large clusters are grouped by namespace'),
  );
  addNetOptions(command, ['pretty', 'json', 'csv', 'markdown']);
  addFamilyOption(addViewOptions(command)).action(
    action((paths: readonly string[], options: MatrixOptions) => showMatrix(paths, options, io)),
  );
}

/** Shows who may send what to whom as a table; exit 0 whatever it says. */
async function showMatrix(paths: readonly string[], options: MatrixOptions, io: Io): Promise<ExitCode> {
  const { netMatrix } = await import('../../../ask/net/matrix.ts');
  const cluster = oneCluster(await loadClusters(paths, options, io), options.cluster);
  const matrix = netMatrix(cluster, flowsRequest(options));
  const { format } = options;
  if (format !== 'json') warnOfRefused(matrix.refused, io);
  if (format === 'json') io.stdout.write(renderJson(matrix));
  else if (format === 'csv') io.stdout.write(renderMatrixCsv(matrix));
  else if (format === 'markdown') io.stdout.write(renderMatrixMarkdown(matrix));
  else io.stdout.write(renderMatrix(matrix, { paint: paintFor(io.stdout, io), width: widthOf(io.stdout) }));
  return 0;
}
