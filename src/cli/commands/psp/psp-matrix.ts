import type { Cluster } from '../../../cluster/index/cluster.ts';
import { podsOf } from '../../../cluster/pods/pods-of.ts';
import { judgePod } from '../../../engines/admission/psp-judgement.ts';
import { renderAccountMatrix } from '../../../report/psp/psp-accounts.ts';
import { renderPspJson } from '../../../report/psp/psp-json.ts';
import { type JudgedCluster, renderMatrix } from '../../../report/psp/psp-matrix.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { Io } from '../../io.ts';
import { loadClusters } from '../../load-clusters.ts';
import type { PspOptions } from './psp-options.ts';
import { paintFor } from '../../terminal.ts';

/** `k8sec psp matrix`; exit 0 whatever the table says. */
export async function showMatrix(paths: readonly string[], options: PspOptions, io: Io): Promise<ExitCode> {
  const { clusters } = await loadClusters(paths, options, io);
  const paint = paintFor(io.stdout, io);
  if (options.accounts === true) {
    io.stdout.write(clusters.map(({ cluster }) => renderAccountMatrix(cluster, paint)).join('\n'));
    return 0;
  }
  const judged = clusters.map(({ cluster }) => judgeAll(cluster));
  const text =
    options.format === 'json'
      ? renderPspJson(judged, false)
      : judged.map((each) => renderMatrix(each, paint)).join('\n');
  io.stdout.write(text);
  return 0;
}

/** Every pod of a cluster that its linted manifests make, judged. */
export function judgeAll(cluster: Cluster): JudgedCluster {
  const pods = podsOf(cluster).filter(({ owner }) => !cluster.context.has(owner));
  return { cluster, judgements: pods.map((pod) => judgePod(cluster, pod)) };
}
