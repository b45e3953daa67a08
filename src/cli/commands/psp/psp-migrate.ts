import type { Command } from 'commander';
import { pspMigrate } from '../../../ask/pods/psp-migrate.ts';
import { renderJson } from '../../../report/json.ts';
import { renderMigration } from '../../../report/psp/psp-migration.ts';
import type { CommandContext } from '../../command.ts';
import type { ExitCode } from '../../exit-code.ts';
import { addFormatOption } from '../../format-option.ts';
import { addInputOptions } from '../../input-options.ts';
import type { Io } from '../../io.ts';
import { loadClusters } from '../../load-clusters.ts';
import { paintFor } from '../../terminal.ts';
import type { PspOptions } from './psp-options.ts';

/** `k8sec psp migrate` */
export function defineMigrate(psp: Command, { io, action }: CommandContext): void {
  const command = psp
    .command('migrate')
    .description('find the Pod Security levels that replace the policies, the differences, and the labels to set')
    .argument('[paths...]', 'manifests (default: the current directory)');
  addInputOptions(addFormatOption(command)).action(
    action((paths: readonly string[], options: PspOptions) => showMigration(paths, options, io)),
  );
}

/** Exit 0 whatever it says. */
async function showMigration(paths: readonly string[], options: PspOptions, io: Io): Promise<ExitCode> {
  const { clusters } = await loadClusters(paths, options, io);
  const answer = pspMigrate(clusters);
  const paint = paintFor(io.stdout, io);
  io.stdout.write(
    options.format === 'json'
      ? renderJson(answer)
      : answer.clusters.map((migration) => renderMigration(migration, paint)).join('\n'),
  );
  return 0;
}
