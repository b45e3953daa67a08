import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import { diffConnectivity } from '../../../engines/net/analyses/diff-connectivity.ts';
import { networkOf } from '../../../engines/net/model/network-of.ts';
import { UsageError } from '../../../node/errors.ts';
import { isChanged, renderDiff, renderDiffMarkdown } from '../../../report/net/net-diff.ts';
import { problemValue } from '../../../report/net/net-flow.ts';
import { diffValue } from '../../../report/net/net-values.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { InputOptions } from '../../input-options.ts';
import type { Io } from '../../io.ts';
import { loadClusters, oneCluster } from '../../load-clusters.ts';
import { paintFor } from '../../terminal.ts';
import { warnOfRefused } from './warn-of-refused.ts';

/** What `net diff` takes. */
export interface DiffOptions extends InputOptions {
  readonly format: 'pretty' | 'json' | 'markdown';
  readonly cluster?: string;
  readonly ipv6?: boolean;
}

/** Shows which flows two trees decide differently; exit 1 where there are any, as `diff` does. */
export async function showDiff([old, now]: readonly [string, string], options: DiffOptions, io: Io): Promise<ExitCode> {
  const [before, after] = [await clusterAt(old, options, io), await clusterAt(now, options, io)];
  const diff = diffConnectivity(before, after, { family: options.ipv6 === true ? 6 : 4 });
  const [was, is] = [networkOf(before).problems, networkOf(after).problems];
  if (options.format === 'json') {
    const value = {
      version: 1,
      ...diffValue(diff),
      refused: { old: was.map(problemValue), new: is.map(problemValue) },
    };
    io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  } else {
    warnOfRefused(was, io);
    warnOfRefused(is, io);
    io.stdout.write(
      options.format === 'markdown' ? renderDiffMarkdown(diff) : renderDiff(diff, paintFor(io.stdout, io)),
    );
  }
  return isChanged(diff) ? 1 : 0;
}

async function clusterAt(path: string, options: DiffOptions, io: Io): Promise<Cluster> {
  if (path === '') throw new UsageError('an empty path names nothing', 'write `.` for the current directory');
  if (path !== '-' && !/[*?[{]/.test(path) && !existsSync(resolve(io.cwd, path))) {
    throw new UsageError(
      `there is no \`${path}\``,
      'net diff takes two files or directories: the old one, then the new one',
    );
  }
  return oneCluster(await loadClusters([path], options, io), options.cluster);
}
