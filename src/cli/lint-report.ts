import type { Analysis, LoadedCluster } from '../analyze.ts';
import { describeContradiction } from '../cluster/guess-clusters.ts';
import { pspInForce } from '../cluster/psp-in-force.ts';
import { formatKubernetesVersion } from '../cluster/target-version.ts';
import { countBySeverity } from '../report/count.ts';
import type { ClusterSummary, LintReport, NotJudged, SettledFact } from '../report/lint-report.ts';
import type { SourceDocument } from '../text/source.ts';
import { lineColumn } from '../text/position.ts';
import { VERSION } from '../version.ts';

/** What an analysis has to say, as reports take it. */
export function lintReport(analysis: Analysis): LintReport {
  return {
    toolVersion: VERSION,
    findings: analysis.findings,
    counts: countBySeverity(analysis.findings),
    judged: analysis.counts,
    clusters: analysis.clusters.map(clusterSummary),
    notJudged: notJudged(analysis),
  };
}

const PSP_STATES = { on: 'in force', off: 'not in force', unknown: 'unknown' };

function clusterSummary({ cluster, part }: LoadedCluster): ClusterSummary {
  const version = cluster.version;
  const psp = pspInForce(cluster);
  const settled: SettledFact[] = [
    { ...version, about: 'Kubernetes', value: formatKubernetesVersion(version.value) },
    { ...psp, about: 'PodSecurityPolicy', value: PSP_STATES[psp.value] },
  ].map(({ about, value, origin, decide }) => ({ about, value, origin, ...(decide === undefined ? {} : { decide }) }));
  const { guess } = part;
  return { name: cluster.name, ...(guess === undefined ? {} : { guess: describeContradiction(guess) }), settled };
}

function notJudged({ documents, clusters }: Analysis): NotJudged[] {
  const groups = new Map<string, string[]>();
  const add = (what: string, place: string): void => {
    const places = groups.get(what);
    if (places === undefined) groups.set(what, [place]);
    else places.push(place);
  };
  const withObjects = new Set<SourceDocument>();
  for (const { cluster } of clusters) {
    for (const object of [...cluster.objects, ...cluster.superseded]) withObjects.add(object.document);
  }
  for (const document of documents) {
    if (withObjects.has(document) || document.root?.type === 'null') continue;
    const { file, span, root } = document;
    const place = document.index === 0 ? file.path : `${file.path}:${lineColumn(file, span.start).line}`;
    add(root === undefined ? 'document that could not be read' : 'document that is no Kubernetes object', place);
  }
  return [...groups].map(([what, places]) => ({ what, places }));
}
