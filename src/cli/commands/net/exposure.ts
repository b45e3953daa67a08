import type { Command } from 'commander';
import { renderJson } from '../../../report/json.ts';
import { renderExposure } from '../../../report/net/net-exposure.ts';
import type { CommandContext } from '../../command.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { Io } from '../../io.ts';
import { loadClusters, oneCluster } from '../../load-clusters.ts';
import { collect } from '../../question-options.ts';
import type { TableFormat } from '../../format-option.ts';
import { paintFor } from '../../terminal.ts';
import {
  addFamilyOption,
  addManifests,
  addNetOptions,
  familyOf,
  type FamilyOption,
  type NetOptions,
} from './net-options.ts';
import { warnOfRefused } from './warn-of-refused.ts';

interface ExposureOptions extends NetOptions, FamilyOption {
  readonly format: TableFormat;
  readonly namespace?: readonly string[];
}

/** `k8sec net exposure` */
export function defineExposure(net: Command, { io, action }: CommandContext): void {
  const command = addManifests(
    net.command('exposure').description('show what is open to the outside and to pods not yet deployed'),
  );
  addNetOptions(command, ['pretty', 'json']).option(
    '-n, --namespace <name>',
    'show only workloads of this namespace; may be repeated',
    collect,
  );
  addFamilyOption(command).action(
    action((paths: readonly string[], options: ExposureOptions) => showExposure(paths, options, io)),
  );
}

/** Shows what is open to the outside and to pods that no manifest holds yet; exit 0 whatever it is. */
async function showExposure(paths: readonly string[], options: ExposureOptions, io: Io): Promise<ExitCode> {
  const { netExposure } = await import('../../../ask/net/exposure.ts');
  const cluster = oneCluster(await loadClusters(paths, options, io), options.cluster);
  const { namespace } = options;
  const request = { family: familyOf(options), ...(namespace === undefined ? {} : { namespaces: namespace }) };
  const exposure = netExposure(cluster, request);
  if (options.format === 'json') io.stdout.write(renderJson(exposure));
  else {
    warnOfRefused(exposure.refused, io);
    io.stdout.write(renderExposure(exposure, paintFor(io.stdout, io)));
  }
  return 0;
}
