import type { AdmitValue, PodAdmissionValue } from '../../ask/pods/admit.ts';
import type { ClusterValue } from '../../ask/pods/cluster-value.ts';
import { counted } from '../../lang/counted.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { saidPlace } from '../reasons.ts';
import { type Cell, renderTable } from '../table.ts';
import { otherLines } from './admit-others.ts';
import { settlingLines } from './admit-settling.ts';
import { decidingContainer } from './admit-tone.ts';

type AdmittedCluster = AdmitValue['clusters'][number];

/** A table with more rows than this leaves out the pods that run; one with more of the others is cut there. */
const MOST_ROWS = 60;
const MOST_REASONS = 20;

/**
 * What it comes to in a line, then pod × gate: admitted or not, by which policy and level, how many replicas fit, and whether it starts; then why not,
 * and what was assumed. Of many workloads only those with a fault are listed, unless `all` are asked for.
 */
export function renderAdmission(cluster: AdmittedCluster, paint: Paint, all = false): string {
  const { pods } = cluster;
  const head = `${admissionHead(cluster, paint)}${summary(pods, paint)}`;
  if (pods.length === 0) return head;
  const most = all ? Infinity : MOST_ROWS;
  const faulty = pods.filter((pod) => pod.class !== 'runs');
  const listed = pods.length > most ? worstFirst(faulty).slice(0, most) : pods;
  const table = listed.length === 0 ? '' : `\n${tableOf(cluster, listed, paint)}`;
  const left = pods.length - listed.length;
  const rest = left === 0 ? '' : `${paint.dim(`and ${leftOut(left, faulty.length > most)} (--all lists them)`)}\n`;
  // Who else decides, and about what, is said once for all pods.
  const reasons = faulty.filter(
    (pod) => pod.class !== 'perhaps' && (pod.class !== 'open' || pod.decision === 'refused'),
  );
  const said = `${reasonLines(reasons, paint, all)}${warningLines(pods, paint, all)}`;
  return `${head}${table}${rest}${said}${otherLines(pods, paint, all)}${settlingLines(pods, paint, all)}`;
}

function worstFirst(pods: readonly PodAdmissionValue[]): PodAdmissionValue[] {
  const ranks = Object.keys(summaryWords);
  return pods.toSorted((a, b) => ranks.indexOf(a.class) - ranks.indexOf(b.class));
}

function leftOut(left: number, isCut: boolean): string {
  return isCut ? `${left} more` : `${counted(left, 'workload')} admitted`;
}

interface Column {
  readonly title: string;
  readonly cell: (pod: PodAdmissionValue) => Cell;
}

function tableOf({ plugins, pods }: AdmittedCluster, listed: readonly PodAdmissionValue[], paint: Paint): string {
  const columns: readonly Column[] = [
    { title: 'POD', cell: ({ title }) => ({ text: printableLine(title) }) },
    { title: 'ADMITTED', cell: (pod) => admittedCell(pod, paint) },
    ...(plugins.some(({ name, state }) => name === 'PodSecurityPolicy' && state === 'on')
      ? [{ title: 'POLICY', cell: (pod: PodAdmissionValue) => policyCell(pod, paint) }]
      : []),
    ...(pods.some((pod) => (enforcedLevel(pod) ?? NO_LEVEL) !== NO_LEVEL)
      ? [{ title: 'POD SECURITY', cell: (pod: PodAdmissionValue) => levelCell(pod, paint) }]
      : []),
    ...(pods.some(({ quota }) => quota !== undefined)
      ? [{ title: 'QUOTA', cell: (pod: PodAdmissionValue) => quotaCell(pod, paint) }]
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
export function admissionHead({ name, kubernetesVersion, versionOrigin }: ClusterValue, { bold, dim }: Paint): string {
  const shown = name === '' ? '' : `${bold(`cluster ${printableLine(name)}`)}: `;
  return `${shown}Kubernetes ${kubernetesVersion} ${dim(`(${printableLine(versionOrigin)})`)}\n`;
}

function admittedCell(pod: PodAdmissionValue, { green, red, yellow }: Paint): Cell {
  const { decision, refusedBy, validationErrors, createdBy } = pod;
  if (decision === 'unknown') return { text: 'unknown', paint: yellow };
  if (pod.class === 'open') return { text: openText(pod), paint: yellow };
  if (decision === 'admitted') return { text: 'yes', paint: green };
  if (decision === 'partly') return { text: 'partly', paint: yellow };
  // The kubelet runs it all the same; what is refused is its mirror, which shows it to others.
  if (createdBy.kind === 'kubelet') return { text: 'mirror: no', paint: yellow };
  const by = refusedBy.map(({ plugin }) => plugin);
  const invalid = validationErrors.length > 0 ? ['invalid'] : [];
  const [first = 'quota', ...others] = [...invalid, ...by];
  return { text: `no: ${first}${others.length === 0 ? '' : ` +${others.length}`}`, paint: red };
}

/** `yes unless x +1`: admitted as far as the manifests tell, unless somebody else refuses it. */
function openText({ decision, othersDecide }: PodAdmissionValue): string {
  const isRefused = decision === 'refused';
  const [first, ...others] = isRefused ? othersDecide.filter(({ mayChange }) => mayChange) : othersDecide;
  const more = others.length === 0 ? '' : ` +${others.length}`;
  return `${isRefused ? 'no' : 'yes'} unless ${printableLine(first?.name ?? '')}${more}`;
}

function policyCell({ policy }: PodAdmissionValue, { green, dim }: Paint): Cell {
  return policy === '' ? { text: '-', paint: dim } : { text: printableLine(policy), paint: green };
}

/** The level that the namespace enforces, as the plugin notes it for the audit log. */
function levelCell(pod: PodAdmissionValue, { green, red, dim }: Paint): Cell {
  const level = enforcedLevel(pod);
  if (level === undefined) return { text: '-', paint: dim };
  return {
    text: printableLine(level),
    paint: pod.refusedBy.some(({ plugin }) => plugin === 'PodSecurity') ? red : green,
  };
}

/** What a namespace enforces that has no label: a column of it would say nothing. */
const NO_LEVEL = 'privileged:latest';

function enforcedLevel({ auditAnnotations }: PodAdmissionValue): string | undefined {
  return auditAnnotations['pod-security.kubernetes.io/enforce-policy'];
}

function quotaCell({ quota }: PodAdmissionValue, { green, red, dim }: Paint): Cell {
  if (quota === undefined) return { text: '-', paint: dim };
  const { admitted, wanted } = quota;
  return { text: `${admitted} of ${wanted}`, paint: admitted < wanted ? red : green };
}

function startCell(pod: PodAdmissionValue, { green, red, yellow, dim }: Paint): Cell {
  const { kubelet } = pod;
  if (kubelet === undefined) return { text: '-', paint: dim };
  if (kubelet.decision === 'starts') return { text: 'yes', paint: green };
  if (kubelet.decision === 'unknown') return { text: 'unknown: image user', paint: yellow };
  return { text: `no: ${printableLine(decidingContainer(pod)?.cause ?? '')}`, paint: red };
}

const summaryWords: Readonly<Record<PodAdmissionValue['class'], string>> = {
  refused: 'refused',
  fails: 'admitted but will not start',
  partly: 'partly admitted',
  unknown: 'not known',
  perhaps: 'admitted but may not start',
  unmirrored: 'running without a mirror',
  open: 'left to others too',
  runs: 'admitted',
};

/** Each workload is in one class; what is worst comes first. */
function summary(pods: readonly PodAdmissionValue[], { red, yellow, green }: Paint): string {
  if (pods.length === 0) return 'the manifests define no pods\n';
  const outcomes = pods.map((pod) => pod.class);
  const parts = (Object.keys(summaryWords) as PodAdmissionValue['class'][]).flatMap((outcome) => {
    const many = outcomes.filter((each) => each === outcome).length;
    if (many === 0) return [];
    const paint = outcome === 'runs' ? green : outcome === 'refused' || outcome === 'fails' ? red : yellow;
    return [paint(`${many} ${summaryWords[outcome]}`)];
  });
  return `${counted(pods.length, 'workload')}: ${parts.join(', ')}\n`;
}

/** What the server warns the client of; each text once, with the first pod that it is about. */
function warningLines(pods: readonly PodAdmissionValue[], paint: Paint, all: boolean): string {
  const first = new Map<string, PodAdmissionValue>();
  for (const pod of pods) for (const warning of pod.warnings) if (!first.has(warning)) first.set(warning, pod);
  const shown = [...first].slice(0, all ? Infinity : MOST_REASONS);
  const lines = shown.map(
    ([warning, { at, title }]) =>
      `  ${paint.cyan(saidPlace(at))} ${printableLine(title)}: ${paint.yellow('warning')}: ${printableLine(warning)}\n`,
  );
  const left = first.size - shown.length;
  const rest = left === 0 ? '' : `  ${paint.dim(`and ${left} more (--all lists them)`)}\n`;
  return lines.length === 0 ? '' : `\n${lines.join('')}${rest}`;
}

function reasonLines(pods: readonly PodAdmissionValue[], paint: Paint, all: boolean): string {
  if (pods.length === 0) return '';
  const shown = pods.slice(0, all ? Infinity : MOST_REASONS);
  const lines = shown.map((pod) => {
    const deciding = pod.class === 'fails' ? decidingContainer(pod) : undefined;
    const place = paint.cyan(saidPlace(deciding?.at ?? pod.at));
    return `  ${place} ${printableLine(pod.title)}: ${printableLine(pod.outcome)}\n`;
  });
  const left = pods.length - shown.length;
  const rest = left === 0 ? '' : `  ${paint.dim(`and ${left} more (--all lists them)`)}\n`;
  return `\n${lines.join('')}${rest}`;
}
