import type { Cluster } from '../../cluster/index/cluster.ts';
import { isPluginOn } from '../../cluster/components/plugins-in-force.ts';
import { formatKubernetesVersion } from '../../cluster/components/target-version.ts';
import type { PodAdmission } from '../../engines/admission/admit-pods.ts';
import { settlingLines } from './admit-settling.ts';
import { type AdmissionOutcome, admissionOutcome, admissionWords, decidingContainer } from './admit-words.ts';
import { counted } from '../../lang/counted.ts';
import type { Paint } from '../paint.ts';
import { sourceName } from '../pod-name.ts';
import { printableLine } from '../printable.ts';
import { reasonPlace } from '../reasons.ts';
import { type Cell, renderTable } from '../table.ts';

/** A cluster with what becomes of each of its pods. */
export interface AdmittedCluster {
  readonly cluster: Cluster;
  readonly pods: readonly PodAdmission[];
}

/** A table with more rows than this leaves out the pods that run; one with more of the others is cut there. */
const MOST_ROWS = 60;
const MOST_REASONS = 20;

/**
 * What it comes to in a line, then pod × gate: admitted or not, by which policy and level, how many replicas fit, and whether it starts; then why not,
 * and what was taken for granted. Of many workloads only those with a fault are listed, unless `all` are asked for.
 */
export function renderAdmission({ cluster, pods }: AdmittedCluster, paint: Paint, all = false): string {
  const head = `${admissionHead(cluster, paint)}${summary(pods, paint)}`;
  if (pods.length === 0) return head;
  const most = all ? Infinity : MOST_ROWS;
  const faulty = pods.filter((pod) => admissionOutcome(pod) !== 'runs');
  const listed = pods.length > most ? worstFirst(faulty).slice(0, most) : pods;
  const table = listed.length === 0 ? '' : `\n${tableOf(cluster, pods, listed, paint)}`;
  const left = pods.length - listed.length;
  const rest = left === 0 ? '' : `${paint.dim(`and ${leftOut(left, faulty.length > most)} (--all lists them)`)}\n`;
  const reasons = faulty.filter((pod) => admissionOutcome(pod) !== 'perhaps');
  return `${head}${table}${rest}${reasonLines(reasons, paint, all)}${settlingLines(pods, paint, all)}`;
}

function worstFirst(pods: readonly PodAdmission[]): PodAdmission[] {
  const ranks = Object.keys(summaryWords);
  return pods.toSorted((a, b) => ranks.indexOf(admissionOutcome(a)) - ranks.indexOf(admissionOutcome(b)));
}

function leftOut(left: number, isCut: boolean): string {
  return isCut ? `${left} more` : `${counted(left, 'workload')} admitted`;
}

interface Column {
  readonly title: string;
  readonly cell: (pod: PodAdmission) => Cell;
}

function tableOf(
  cluster: Cluster,
  pods: readonly PodAdmission[],
  listed: readonly PodAdmission[],
  paint: Paint,
): string {
  const columns: readonly Column[] = [
    { title: 'POD', cell: ({ source }) => ({ text: sourceName(source) }) },
    { title: 'ADMITTED', cell: (pod) => admittedCell(pod, paint) },
    ...(isPluginOn(cluster, 'PodSecurityPolicy')
      ? [{ title: 'POLICY', cell: (pod: PodAdmission) => policyCell(pod, paint) }]
      : []),
    ...(pods.some((pod) => (enforcedLevel(pod) ?? NO_LEVEL) !== NO_LEVEL)
      ? [{ title: 'POD SECURITY', cell: (pod: PodAdmission) => levelCell(pod, paint) }]
      : []),
    ...(pods.some(({ quota }) => quota !== undefined)
      ? [{ title: 'QUOTA', cell: (pod: PodAdmission) => quotaCell(pod, paint) }]
      : []),
    { title: 'STARTS', cell: (pod) => startCell(pod, paint) },
  ];
  const header = columns.map(({ title }): Cell => ({ text: title, paint: paint.bold }));
  return renderTable(
    header,
    listed.map((pod) => columns.map(({ cell }) => cell(pod))),
  );
}

/** The version that is judged for, and how it was settled. */
export function admissionHead(cluster: Cluster, { bold, dim }: Paint): string {
  const name = cluster.name === '' ? '' : `${bold(`cluster ${printableLine(cluster.name)}`)}: `;
  const { version } = cluster;
  return `${name}Kubernetes ${formatKubernetesVersion(version.value)} ${dim(`(${printableLine(version.origin)})`)}\n`;
}

function admittedCell(pod: PodAdmission, { green, red, yellow }: Paint): Cell {
  const { decision, refusals, verdict, source } = pod;
  if (decision === 'admitted') return { text: 'yes', paint: green };
  if (decision === 'partly') return { text: 'in part', paint: yellow };
  // The kubelet runs it all the same; what is refused is its mirror, which shows it to others.
  if (source.creator.kind === 'kubelet') return { text: 'mirror: no', paint: yellow };
  const by = refusals.map(({ plugin }) => plugin);
  const invalid = verdict.validationErrors.length > 0 ? ['invalid'] : [];
  const [first = 'quota', ...others] = by.length > 0 ? by : invalid;
  return { text: `no: ${first}${others.length === 0 ? '' : ` +${others.length}`}`, paint: red };
}

function policyCell({ verdict }: PodAdmission, { green, dim }: Paint): Cell {
  const { chosen } = verdict.psp ?? {};
  return chosen === undefined ? { text: '-', paint: dim } : { text: printableLine(chosen.name), paint: green };
}

/** The level that the namespace enforces, as the plugin notes it for the audit log. */
function levelCell({ verdict, refusals }: PodAdmission, { green, red, dim }: Paint): Cell {
  const level = enforcedLevel({ verdict });
  if (level === undefined) return { text: '-', paint: dim };
  return { text: printableLine(level), paint: refusals.some(({ plugin }) => plugin === 'PodSecurity') ? red : green };
}

/** What a namespace enforces that has no label: a column of it would say nothing. */
const NO_LEVEL = 'privileged:latest';

function enforcedLevel({ verdict }: Pick<PodAdmission, 'verdict'>): string | undefined {
  return verdict.auditAnnotations['pod-security.kubernetes.io/enforce-policy'];
}

function quotaCell({ quota }: PodAdmission, { green, red, dim }: Paint): Cell {
  if (quota === undefined) return { text: '-', paint: dim };
  const { admitted, wanted } = quota;
  return { text: `${admitted} of ${wanted}`, paint: admitted < wanted ? red : green };
}

function startCell(pod: PodAdmission, { green, red, yellow, dim }: Paint): Cell {
  const { start } = pod;
  if (start === undefined) return { text: '-', paint: dim };
  if (start.decision === 'starts') return { text: 'yes', paint: green };
  if (start.decision === 'unknown') return { text: 'unknown: image user', paint: yellow };
  return { text: `no: ${printableLine(decidingContainer(pod)?.cause ?? '')}`, paint: red };
}

const summaryWords: Readonly<Record<AdmissionOutcome, string>> = {
  refused: 'refused',
  fails: 'admitted and will not start',
  partly: 'admitted in part',
  perhaps: 'admitted and may not start',
  unmirrored: 'running without a mirror',
  runs: 'admitted',
};

/** Each workload is in one class; what is worst comes first. */
function summary(pods: readonly PodAdmission[], { red, yellow, green }: Paint): string {
  if (pods.length === 0) return 'the manifests make no pod\n';
  const outcomes = pods.map(admissionOutcome);
  const parts = (Object.keys(summaryWords) as AdmissionOutcome[]).flatMap((outcome) => {
    const many = outcomes.filter((each) => each === outcome).length;
    if (many === 0) return [];
    const paint = outcome === 'runs' ? green : outcome === 'refused' || outcome === 'fails' ? red : yellow;
    return [paint(`${many} ${summaryWords[outcome]}`)];
  });
  return `${counted(pods.length, 'workload')}: ${parts.join(', ')}\n`;
}

function reasonLines(pods: readonly PodAdmission[], paint: Paint, all: boolean): string {
  if (pods.length === 0) return '';
  const shown = pods.slice(0, all ? Infinity : MOST_REASONS);
  const lines = shown.map((pod) => {
    const { source } = pod;
    const path = decidingContainer(pod)?.path;
    const isStart = admissionOutcome(pod) === 'fails' && path !== undefined;
    const place = paint.cyan(reasonPlace(source.placeOf(isStart ? path : ['metadata', 'name'])));
    return `  ${place} ${sourceName(source)}: ${printableLine(admissionWords(pod).text)}\n`;
  });
  const left = pods.length - shown.length;
  const rest = left === 0 ? '' : `  ${paint.dim(`and ${left} more (--all lists them)`)}\n`;
  return `\n${lines.join('')}${rest}`;
}
