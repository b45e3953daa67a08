import type { Command } from 'commander';
import type { MatrixRequest } from '../../../ask/net/matrix.ts';
import { UsageError } from '../../../ask/values/usage-error.ts';
import { collect } from '../../question-options.ts';
import { familyOf, type FamilyOption } from './net-options.ts';

/** What limits an answer to a part of the cluster. */
export interface ViewOptions extends FamilyOption {
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly namespace?: readonly string[];
  readonly by?: 'workload' | 'namespace';
}

/** Declares it. */
export function addViewOptions(command: Command): Command {
  return command
    .option('--from <end>', 'show only traffic from NAMESPACE, NAMESPACE/NAME or `outside`; may be repeated', collect)
    .option('--to <end>', 'show only traffic to this end; may be repeated', collect)
    .option('-n, --namespace <name>', 'show only traffic from or to this namespace; may be repeated', collect)
    .option(
      '--by <unit>',
      'group tables and pictures by `workload` or `namespace` (default: depends on the size)',
      parseUnit,
    );
}

function parseUnit(text: string): string {
  if (text === 'workload' || text === 'namespace') return text;
  throw new UsageError(`invalid value \`${text}\` for --by`, 'workload or namespace');
}

/** The part that is asked for. */
export function flowsRequest(options: ViewOptions): MatrixRequest {
  const { from, to, namespace, by } = options;
  return {
    family: familyOf(options),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(namespace === undefined ? {} : { namespaces: namespace }),
    ...(by === undefined ? {} : { by }),
  };
}
