import { migrateCluster } from '../../../engines/migrate/migrate-cluster.ts';
import { renderMigrationJson } from '../../../report/psp/psp-migration-json.ts';
import { renderMigration } from '../../../report/psp/psp-migration.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { Io } from '../../io.ts';
import { loadClusters } from '../../load-clusters.ts';
import type { PspOptions } from './psp-options.ts';
import { paintFor } from '../../terminal.ts';

/** `k8sec psp migrate`; exit 0 whatever it says. */
export async function showMigration(paths: readonly string[], options: PspOptions, io: Io): Promise<ExitCode> {
  const { clusters } = await loadClusters(paths, options, io);
  const migrations = clusters.map(({ cluster }) => migrateCluster(cluster));
  const paint = paintFor(io.stdout, io);
  io.stdout.write(
    options.format === 'json'
      ? renderMigrationJson(migrations)
      : migrations.map((migration) => renderMigration(migration, paint)).join('\n'),
  );
  return 0;
}
