import { connectivity } from '../../../engines/net/sets/connectivity.ts';
import { networkOf } from '../../../engines/net/model/network-of.ts';
import { renderMatrix } from '../../../report/net/net-matrix.ts';
import { renderMatrixCsv, renderMatrixJson, renderMatrixMarkdown } from '../../../report/net/net-matrix-data.ts';
import { netView } from '../../../report/net/net-view.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { InputOptions } from '../../input-options.ts';
import type { Io } from '../../io.ts';
import { loadClusters, oneCluster } from '../../load-clusters.ts';
import { paintFor, widthOf } from '../../terminal.ts';
import { viewFilter } from './view-options.ts';
import type { ViewOptions } from './view-options.ts';
import { warnOfRefused } from './warn-of-refused.ts';

/** What `net matrix` takes. */
export interface MatrixOptions extends InputOptions, ViewOptions {
  readonly format: 'pretty' | 'json' | 'csv' | 'markdown';
  readonly cluster?: string;
  readonly ipv6?: boolean;
}

/** More rows than this are no table that a person looks at. */
const mostRows = 25;

/** Shows who may send what to whom as a table; exit 0 whatever it says. */
export async function showMatrix(paths: readonly string[], options: MatrixOptions, io: Io): Promise<ExitCode> {
  const cluster = oneCluster(await loadClusters(paths, options, io), options.cluster);
  const { network, problems } = networkOf(cluster);
  const allowed = connectivity(network, options.ipv6 === true ? 6 : 4);
  const { format } = options;
  const view = netView(allowed, { ...viewFilter(allowed, options), most: mostRows });
  if (format !== 'json') warnOfRefused(problems, io);
  if (format === 'json') io.stdout.write(renderMatrixJson(view, problems));
  else if (format === 'csv') io.stdout.write(renderMatrixCsv(view));
  else if (format === 'markdown') io.stdout.write(renderMatrixMarkdown(view));
  else io.stdout.write(renderMatrix(view, { paint: paintFor(io.stdout, io), width: widthOf(io.stdout) }));
  return 0;
}
