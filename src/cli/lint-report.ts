import type { Analysis } from '../ask/analyze.ts';
import type { LoadedCluster } from '../ask/load.ts';
import { describeContradiction } from '../cluster/load/guess-clusters.ts';
import { pspInForce } from '../cluster/components/psp-in-force.ts';
import { formatKubernetesVersion } from '../cluster/components/target-version.ts';
import type { NotJudgedReason } from '../lint/sort-out.ts';
import { countBySeverity } from '../report/count.ts';
import type { ClusterSummary, LintReport, NotJudged, SettledFact } from '../report/lint/lint-report.ts';
import { trafficDefaults } from '../ask/net/traffic-defaults.ts';
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
    notices: analysis.notices,
    notRun: analysis.notRun,
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
  const traffic = trafficDefaults(cluster);
  return {
    name: cluster.name,
    ...(guess === undefined ? {} : { guess: describeContradiction(guess) }),
    settled,
    ...(traffic.length === 0 ? {} : { traffic }),
  };
}

const REASONS: Readonly<Record<NotJudgedReason, string>> = {
  broken: 'document that could not be read',
  template: 'template, to be rendered first',
  kustomization: 'source of Kustomize',
  'kustomize patch': 'patch of Kustomize',
  'helm chart': 'description of a Helm chart',
  'helm values': 'values of a Helm chart',
  other: 'document that is no Kubernetes object',
};

/** What was not judged, by its reason, each with its place: the line of the document where it is not a file's first. */
function notJudged({ notJudged: left }: Analysis): NotJudged[] {
  const groups = new Map<NotJudgedReason, string[]>();
  for (const { document, reason } of left) {
    const { file, index, span } = document;
    const place = index === 0 ? file.path : `${file.path}:${lineColumn(file, span.start).line}`;
    const places = groups.get(reason);
    if (places === undefined) groups.set(reason, [place]);
    else places.push(place);
  }
  return [...groups].map(([reason, places]) => ({ what: REASONS[reason], places }));
}
