import type { Command } from 'commander';
import type { Connectivity } from '../../../engines/net/sets/connectivity.ts';
import { UsageError } from '../../../node/errors.ts';
import { type NetViewOptions, unknownEnd } from '../../../report/net/net-view.ts';
import { collect } from '../../question-options.ts';

/** What limits an answer to a part of the cluster. */
export interface ViewOptions {
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly namespace?: readonly string[];
  readonly by?: 'workload' | 'namespace';
}

/** Declares it. */
export function addViewOptions(command: Command): Command {
  return command
    .option('--from <end>', 'only what NAMESPACE, NAMESPACE/NAME or `outside` sends; may be repeated', collect)
    .option('--to <end>', 'only what is sent to it; may be repeated', collect)
    .option('-n, --namespace <name>', 'only what a namespace sends or receives; may be repeated', collect)
    .option('--by <unit>', 'tables and pictures by `workload` or `namespace` (default: as there is room)', parseUnit);
}

function parseUnit(text: string): string {
  if (text === 'workload' || text === 'namespace') return text;
  throw new UsageError(`\`${text}\` is nothing to show flows by`, 'workload or namespace');
}

/**
 * The part that is asked for.
 * @throws UsageError where a name of it is nobody's.
 */
export function viewFilter(
  allowed: Connectivity,
  { from, to, namespace, by }: ViewOptions,
): Omit<NetViewOptions, 'most'> {
  const asked = {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(namespace === undefined ? {} : { namespaces: namespace }),
    ...(by === undefined ? {} : { by }),
  };
  const missing = unknownEnd(allowed, asked);
  if (missing !== undefined) throw new UsageError(missing.error, missing.hint);
  return asked;
}
