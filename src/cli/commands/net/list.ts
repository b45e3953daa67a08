import { connectivity } from '../../../engines/net/connectivity.ts';
import { networkOf } from '../../../engines/net/network-of.ts';
import { renderList, renderListCsv, renderListJson } from '../../../report/net-list.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { InputOptions } from '../../input-options.ts';
import type { Io } from '../../io.ts';
import { loadClusters, oneCluster } from '../../load-clusters.ts';
import { paintFor } from '../../terminal.ts';
import { warnOfRefused } from './warn-of-refused.ts';

/** What `net list` takes. */
export interface ListOptions extends InputOptions {
  readonly format: 'pretty' | 'json' | 'csv';
  readonly cluster?: string;
  readonly ipv6?: boolean;
}

/** Lists all allowed connections of a cluster; exit 0 whatever they are. */
export async function showList(paths: readonly string[], options: ListOptions, io: Io): Promise<ExitCode> {
  const cluster = oneCluster(await loadClusters(paths, options, io), options.cluster);
  const { network, problems } = networkOf(cluster);
  const allowed = connectivity(network, options.ipv6 === true ? 6 : 4);
  if (options.format !== 'json') warnOfRefused(problems, io);
  if (options.format === 'json') io.stdout.write(renderListJson(allowed, problems));
  else if (options.format === 'csv') io.stdout.write(renderListCsv(allowed));
  else io.stdout.write(renderList(allowed, paintFor(io.stdout, io)));
  return 0;
}
