import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../node/errors.ts';
import { isGlob } from '../node/find.ts';
import type { PodJudgement } from '../lint/facts/pod-judgement.ts';
import { renderExplanation } from '../report/psp-explain.ts';
import { renderPspJson } from '../report/psp-json.ts';
import { headLine, type JudgedCluster } from '../report/psp-matrix.ts';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { loadClusters } from './load-clusters.ts';
import { judgeAll } from './psp-matrix.ts';
import type { PspOptions } from './psp-options.ts';
import { paintFor } from './terminal.ts';

/** `k8sec psp explain [pod] [paths]`: what exists as a path is one, so that the pod may be left out. */
export async function showExplanation(
  first: string | undefined,
  others: readonly string[],
  options: PspOptions,
  io: Io,
): Promise<ExitCode> {
  const isPath = first !== undefined && (first === '-' || isGlob(first) || existsSync(resolve(io.cwd, first)));
  const { clusters } = await loadClusters(isPath ? [first, ...others] : others, options, io);
  const judged = clusters.map(({ cluster }) => judgeAll(cluster));
  const asked = isPath || first === undefined ? judged : chosen(judged, first);
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
      judgements: judgements.filter((judgement) => isNamed(judgement, name)),
    }))
    .filter(({ judgements }) => judgements.length > 0);
  if (found.length > 0) return found;
  const names = clusters.flatMap(({ judgements }) =>
    judgements.map(({ source }) => `${source.namespace}/${source.owner.name}`),
  );
  const listed = [...new Set(names)].slice(0, 8).join(', ');
  throw new UsageError(`no pod \`${name}\``, names.length === 0 ? 'the manifests make no pod' : `there are ${listed}`);
}

/** `NAME`, `NAMESPACE/NAME` or `KIND/NAME`, of the pod or of the workload that makes it. */
function isNamed({ source }: PodJudgement, wanted: string): boolean {
  const { owner, namespace } = source;
  const [name = '', ...before] = wanted.split('/').reverse();
  if (name !== owner.name && name !== source.name) return false;
  return before.every((part) => part === namespace || part.toLowerCase() === owner.kind.toLowerCase());
}
