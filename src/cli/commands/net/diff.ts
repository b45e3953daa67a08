import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Cluster } from '../../../ask/load.ts';
import { UsageError } from '../../../ask/values/usage-error.ts';
import { renderJson } from '../../../report/json.ts';
import { renderDiff, renderDiffMarkdown } from '../../../report/net/net-diff.ts';
import type { CommandContext } from '../../command.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { Io } from '../../io.ts';
import { loadClusters, oneCluster } from '../../load-clusters.ts';
import { paintFor } from '../../terminal.ts';
import { addFamilyOption, addNetOptions, familyOf, type FamilyOption, type NetOptions } from './net-options.ts';
import { warnOfRefused } from './warn-of-refused.ts';

interface DiffOptions extends NetOptions, FamilyOption {
  readonly format: 'pretty' | 'json' | 'markdown';
}

/** `k8sec net diff` */
export function defineDiff(net: Command, { io, action }: CommandContext): void {
  const command = net
    .command('diff')
    .description('list the flows that a change of manifests opens or closes; exit 1 if there are any')
    .argument('<old>', 'manifests before the change: a file or directory')
    .argument('<new>', 'manifests after the change');
  addFamilyOption(addNetOptions(command, ['pretty', 'json', 'markdown'])).action(
    action((old: string, now: string, options: DiffOptions) => showDiff([old, now], options, io)),
  );
}

/** Shows which flows two trees decide differently; exit 1 where there are any, as `diff` does. */
async function showDiff([old, now]: readonly [string, string], options: DiffOptions, io: Io): Promise<ExitCode> {
  const { netDiff } = await import('../../../ask/net/diff.ts');
  const [before, after] = [await clusterAt(old, options, io), await clusterAt(now, options, io)];
  const diff = netDiff(before, after, { family: familyOf(options) });
  if (options.format === 'json') io.stdout.write(renderJson(diff));
  else {
    warnOfRefused(diff.refused.old, io);
    warnOfRefused(diff.refused.new, io);
    const paint = paintFor(io.stdout, io);
    io.stdout.write(options.format === 'markdown' ? renderDiffMarkdown(diff) : renderDiff(diff, paint));
  }
  return diff.changes.length > 0 ? 1 : 0;
}

async function clusterAt(path: string, options: DiffOptions, io: Io): Promise<Cluster> {
  if (path === '') throw new UsageError('the path is empty', 'write `.` for the current directory');
  if (path !== '-' && !/[*?[{]/.test(path) && !existsSync(resolve(io.cwd, path))) {
    throw new UsageError(
      `no such file or directory: \`${path}\``,
      'pass two files or directories: the old one, then the new one',
    );
  }
  return oneCluster(await loadClusters([path], options, io), options.cluster);
}
