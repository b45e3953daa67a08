import { exposure } from '../../../engines/net/analyses/exposure.ts';
import { networkOf } from '../../../engines/net/model/network-of.ts';
import { UsageError } from '../../../node/errors.ts';
import { renderExposure } from '../../../report/net/net-exposure.ts';
import { problemValue } from '../../../report/net/net-flow.ts';
import { exposureValue } from '../../../report/net/net-values.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { InputOptions } from '../../input-options.ts';
import type { Io } from '../../io.ts';
import { loadClusters, oneCluster } from '../../load-clusters.ts';
import { paintFor } from '../../terminal.ts';
import { warnOfRefused } from './warn-of-refused.ts';

/** What `net exposure` takes. */
export interface ExposureOptions extends InputOptions {
  readonly format: 'pretty' | 'json';
  readonly namespace?: readonly string[];
  readonly cluster?: string;
  readonly ipv6?: boolean;
}

/** Shows what is open to the outside and to pods that nobody has written yet; exit 0 whatever it is. */
export async function showExposure(paths: readonly string[], options: ExposureOptions, io: Io): Promise<ExitCode> {
  const cluster = oneCluster(await loadClusters(paths, options, io), options.cluster);
  const { problems } = networkOf(cluster);
  const all = exposure(cluster, { family: options.ipv6 === true ? 6 : 4 });
  const { namespace } = options;
  const missing = namespace?.find((each) => !all.workloads.some(({ workload }) => workload.pod?.namespace === each));
  if (missing !== undefined) throw new UsageError(`no pod is in a namespace \`${missing}\``);
  const asked = all.workloads.filter(({ workload }) => namespace?.includes(workload.pod?.namespace ?? '') ?? true);
  const shown = { ...all, workloads: asked };
  if (options.format === 'json') {
    const value = { version: 1, ...exposureValue(shown), refused: problems.map(problemValue) };
    io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  } else {
    warnOfRefused(problems, io);
    io.stdout.write(renderExposure(shown, paintFor(io.stdout, io)));
  }
  return 0;
}
