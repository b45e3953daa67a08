import { renderExplanation } from '../../../report/psp/psp-explain.ts';
import { renderPspJson } from '../../../report/psp/psp-json.ts';
import { headLine, type JudgedCluster } from '../../../report/psp/psp-matrix.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { Io } from '../../io.ts';
import { loadClusters } from '../../load-clusters.ts';
import { isPodNamed, noPod, podAndPaths } from '../../pods-named.ts';
import { judgeAll } from './psp-matrix.ts';
import type { PspOptions } from './psp-options.ts';
import { paintFor } from '../../terminal.ts';

/** `k8sec psp explain [pod] [paths]`: what exists as a path is one, so that the pod may be left out. */
export async function showExplanation(
  first: string | undefined,
  others: readonly string[],
  options: PspOptions,
  io: Io,
): Promise<ExitCode> {
  const { pod, paths } = podAndPaths(first, others, io);
  const { clusters } = await loadClusters(paths, options, io);
  const judged = clusters.map(({ cluster }) => judgeAll(cluster));
  const asked = pod === undefined ? judged : chosen(judged, pod);
  const paint = paintFor(io.stdout, io);
  io.stdout.write(
    options.format === 'json'
      ? renderPspJson(asked, true)
      : asked
          .map(({ cluster, judgements }) => {
            const explained = judgements.map((judgement) => renderExplanation(cluster, judgement, paint));
            return headLine(cluster, paint) + explained.map((text) => `\n${text}`).join('');
          })
          .join('\n'),
  );
  return 0;
}

function chosen(clusters: readonly JudgedCluster[], name: string): JudgedCluster[] {
  const found = clusters
    .map(({ cluster, judgements }) => ({
      cluster,
      judgements: judgements.filter(({ source }) => isPodNamed(source, name)),
    }))
    .filter(({ judgements }) => judgements.length > 0);
  if (found.length > 0) return found;
  throw noPod(
    name,
    clusters.flatMap(({ judgements }) => judgements.map(({ source }) => source)),
  );
}
