import { connectivity } from '../../../engines/net/sets/connectivity.ts';
import type { Connectivity } from '../../../engines/net/sets/connectivity.ts';
import { networkOf } from '../../../engines/net/model/network-of.ts';
import type { NetworkProblem } from '../../../engines/net/model/network-of.ts';
import { renderList, renderListCsv, renderListJson } from '../../../report/net/net-list.ts';
import { askedConnections, netView } from '../../../report/net/net-view.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { InputOptions } from '../../input-options.ts';
import type { Io } from '../../io.ts';
import { loadClusters, oneCluster } from '../../load-clusters.ts';
import { paintFor } from '../../terminal.ts';
import { viewFilter } from './view-options.ts';
import type { ViewOptions } from './view-options.ts';
import { warnOfRefused } from './warn-of-refused.ts';

/** What `net list` takes. */
export interface ListOptions extends InputOptions, ViewOptions {
  readonly format: ListFormat;
  readonly cluster?: string;
  readonly ipv6?: boolean;
}

/** How it may be shown: as rows, or as a picture. */
export type ListFormat = 'pretty' | 'json' | 'csv' | 'dot' | 'mermaid' | 'svg';

/** Lists all allowed connections of a cluster; exit 0 whatever they are. */
export async function showList(paths: readonly string[], options: ListOptions, io: Io): Promise<ExitCode> {
  const cluster = oneCluster(await loadClusters(paths, options, io), options.cluster);
  const { network, problems } = networkOf(cluster);
  const allowed = connectivity(network, options.ipv6 === true ? 6 : 4);
  if (options.format !== 'json') warnOfRefused(problems, io);
  for (const piece of await render(allowed, problems, options, io)) io.stdout.write(piece);
  return 0;
}

/** More boxes than this are no picture that a person looks at. */
const mostNodes = 24;

async function render(
  allowed: Connectivity,
  problems: readonly NetworkProblem[],
  options: ListOptions,
  io: Io,
): Promise<Iterable<string>> {
  const filter = viewFilter(allowed, options);
  const asked = askedConnections(allowed, filter);
  switch (options.format) {
    case 'pretty':
      return [renderList(asked, paintFor(io.stdout, io))];
    case 'json':
      return renderListJson(asked, problems);
    case 'csv':
      return renderListCsv(asked);
    default: {
      const { netGraph } = await import('../../../report/net/picture/net-graph.ts');
      const graph = netGraph(netView(allowed, { ...filter, most: mostNodes }));
      if (options.format === 'dot') return [(await import('../../../report/net/picture/net-dot.ts')).renderDot(graph)];
      if (options.format === 'mermaid')
        return [(await import('../../../report/net/picture/net-mermaid.ts')).renderMermaid(graph)];
      return [(await import('../../../report/net/picture/net-svg.ts')).renderSvg(graph)];
    }
  }
}
