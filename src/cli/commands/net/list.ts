import type { Command } from 'commander';
import type { Cluster } from '../../../ask/load.ts';
import { renderList, renderListCsv, renderListJson } from '../../../report/net/net-list.ts';
import type { CommandContext } from '../../command.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { Io } from '../../io.ts';
import { loadClusters, oneCluster } from '../../load-clusters.ts';
import { paintFor } from '../../terminal.ts';
import { addFamilyOption, addManifests, addNetOptions, type NetOptions } from './net-options.ts';
import { addViewOptions, flowsRequest, type ViewOptions } from './view-options.ts';
import { warnOfRefused } from './warn-of-refused.ts';

interface ListOptions extends NetOptions, ViewOptions {
  readonly format: 'pretty' | 'json' | 'csv' | 'dot' | 'mermaid' | 'svg';
}

/** `k8sec net list`: rows, or a picture */
export function defineList(net: Command, { io, action }: CommandContext): void {
  const command = addManifests(net.command('list').description('list the allowed connections'));
  addNetOptions(command, ['pretty', 'json', 'csv', 'dot', 'mermaid', 'svg']);
  addFamilyOption(addViewOptions(command)).action(
    action((paths: readonly string[], options: ListOptions) => showList(paths, options, io)),
  );
}

/** Lists all allowed connections of a cluster; exit 0 whatever they are. */
async function showList(paths: readonly string[], options: ListOptions, io: Io): Promise<ExitCode> {
  const cluster = oneCluster(await loadClusters(paths, options, io), options.cluster);
  for (const piece of await render(cluster, options, io)) io.stdout.write(piece);
  return 0;
}

async function render(cluster: Cluster, options: ListOptions, io: Io): Promise<Iterable<string>> {
  const request = flowsRequest(options);
  const { format } = options;
  if (format === 'pretty') {
    const { netListSummary } = await import('../../../ask/net/list.ts');
    const summary = netListSummary(cluster, request);
    warnOfRefused(summary.refused, io);
    return [renderList(summary, paintFor(io.stdout, io))];
  }
  if (format === 'json' || format === 'csv') {
    const { netList } = await import('../../../ask/net/list.ts');
    const list = netList(cluster, request);
    if (format === 'json') return renderListJson(list);
    warnOfRefused(list.refused, io);
    return renderListCsv(list);
  }
  const { netPicture } = await import('../../../ask/net/picture.ts');
  const picture = netPicture(cluster, request);
  warnOfRefused(picture.refused, io);
  if (format === 'dot') return [(await import('../../../report/net/picture/net-dot.ts')).renderDot(picture)];
  if (format === 'mermaid') {
    return [(await import('../../../report/net/picture/net-mermaid.ts')).renderMermaid(picture)];
  }
  return [(await import('../../../report/net/picture/net-svg.ts')).renderSvg(picture)];
}
