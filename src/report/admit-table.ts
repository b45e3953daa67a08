import type { Cluster } from '../cluster/cluster.ts';
import { isPluginOn } from '../cluster/plugins-in-force.ts';
import { formatKubernetesVersion } from '../cluster/target-version.ts';
import type { PodAdmission } from '../engines/admission/admit-pods.ts';
import type { StartVerdict } from '../engines/start/judge-start.ts';
import type { Assumption } from '../engines/verdict.ts';
import { counted } from './count.ts';
import type { Paint } from './paint.ts';
import { sourceName } from './pod-name.ts';
import { printableLine } from './printable.ts';
import { reasonPlace } from './reasons.ts';
import { type Cell, renderTable } from './table.ts';

/** A cluster with what becomes of each of its pods. */
export interface AdmittedCluster {
  readonly cluster: Cluster;
  readonly pods: readonly PodAdmission[];
}

/** Pod × gate: admitted or not, by which policy and level, how many replicas fit, and whether it starts; then why not, and what was taken for granted. */
export function renderAdmission({ cluster, pods }: AdmittedCluster, paint: Paint): string {
  const columns: readonly Column[] = [
    { title: 'POD', cell: ({ source }) => ({ text: sourceName(source) }) },
    { title: 'ADMITTED', cell: (pod) => admittedCell(pod, paint) },
    ...(isPluginOn(cluster, 'PodSecurityPolicy')
      ? [{ title: 'POLICY', cell: (pod: PodAdmission) => policyCell(pod, paint) }]
      : []),
    ...(isPluginOn(cluster, 'PodSecurity')
      ? [{ title: 'POD SECURITY', cell: (pod: PodAdmission) => levelCell(pod, paint) }]
      : []),
    ...(pods.some(({ quota }) => quota !== undefined)
      ? [{ title: 'QUOTA', cell: (pod: PodAdmission) => quotaCell(pod, paint) }]
      : []),
    { title: 'STARTS', cell: ({ start }) => startCell(start, paint) },
  ];
  const header = columns.map(({ title }): Cell => ({ text: title, paint: paint.bold }));
  const rows = pods.map((pod) => columns.map(({ cell }) => cell(pod)));
  const table = rows.length === 0 ? '' : renderTable(header, rows);
  return `${admissionHead(cluster, paint)}${table}${summary(pods)}${reasons(pods, paint)}${settling(pods, paint)}`;
}

interface Column {
  readonly title: string;
  readonly cell: (pod: PodAdmission) => Cell;
}

/** The version that is judged for, and how it was settled. */
export function admissionHead(cluster: Cluster, { bold, dim }: Paint): string {
  const name = cluster.name === '' ? '' : `${bold(`cluster ${printableLine(cluster.name)}`)}: `;
  const { version } = cluster;
  return `${name}Kubernetes ${formatKubernetesVersion(version.value)} ${dim(`(${printableLine(version.origin)})`)}\n`;
}

function admittedCell({ decision, refusals, verdict, source }: PodAdmission, { green, red, yellow }: Paint): Cell {
  if (decision === 'admitted') return { text: 'yes', paint: green };
  if (decision === 'partly') return { text: 'in part', paint: yellow };
  const by = refusals.map(({ plugin }) => plugin);
  const invalid = by.length === 0 && verdict.validationErrors.length > 0 ? ['validation'] : [];
  const who = [...by, ...invalid];
  // The kubelet runs it all the same; what is refused is its mirror, which shows it to others.
  if (source.creator.kind === 'kubelet') return { text: `only its mirror is not: ${who.join(', ')}`, paint: yellow };
  return { text: who.length === 0 ? 'no: quota' : `no: ${who.join(', ')}`, paint: red };
}

function policyCell({ verdict }: PodAdmission, { green, dim }: Paint): Cell {
  const { chosen } = verdict.psp ?? {};
  if (chosen === undefined) return { text: '-', paint: dim };
  return { text: `${printableLine(chosen.name)}${chosen.mutates ? ' (changes it)' : ''}`, paint: green };
}

/** The level that the namespace enforces, as the plugin notes it for the audit log. */
function levelCell({ verdict, refusals }: PodAdmission, { green, red, dim }: Paint): Cell {
  const level = verdict.auditAnnotations['pod-security.kubernetes.io/enforce-policy'];
  if (level === undefined) return { text: '-', paint: dim };
  return { text: printableLine(level), paint: refusals.some(({ plugin }) => plugin === 'PodSecurity') ? red : green };
}

function quotaCell({ quota }: PodAdmission, { green, red, dim }: Paint): Cell {
  if (quota === undefined) return { text: '-', paint: dim };
  const { admitted, wanted } = quota;
  return { text: `${admitted} of ${wanted}`, paint: admitted < wanted ? red : green };
}

function startCell(start: StartVerdict | undefined, { green, red, yellow, dim }: Paint): Cell {
  if (start === undefined) return { text: '-', paint: dim };
  if (start.decision === 'starts') return { text: 'yes', paint: green };
  const failing = start.containers.find(({ decision }) => decision === start.decision);
  if (start.decision === 'fails') return { text: `no: image ${printableLine(failing?.user ?? '')}`, paint: red };
  return { text: `unknown: user of ${printableLine(failing?.image ?? '')}`, paint: yellow };
}

function summary(pods: readonly PodAdmission[]): string {
  const many = (decision: PodAdmission['decision']) => pods.filter((pod) => pod.decision === decision).length;
  const parts = [`${many('admitted')} admitted`, `${many('refused')} refused`];
  if (many('partly') > 0) parts.push(`${many('partly')} in part`);
  const starting = (decision: StartVerdict['decision']) =>
    pods.filter(({ start }) => start?.decision === decision).length;
  if (starting('fails') > 0) parts.push(`${starting('fails')} admitted that will not start`);
  if (starting('unknown') > 0) parts.push(`${starting('unknown')} of which it is not known`);
  return `\n${counted(pods.length, 'workload')}: ${parts.join(', ')}\n`;
}

function reasons(pods: readonly PodAdmission[], paint: Paint): string {
  return pods
    .flatMap(({ source, message, start }) => {
      const said = [message, start?.decision === 'fails' ? start.message : ''].filter((each) => each !== '');
      const place = paint.cyan(reasonPlace(source.placeOf(['metadata', 'name'])));
      return said.map((each) => `  ${place} ${sourceName(source)}: ${printableLine(each)}\n`);
    })
    .join('');
}

/** What was taken for granted, once for all pods. */
function settling(pods: readonly PodAdmission[], paint: Paint): string {
  const text = assumptionLines(
    pods.flatMap(({ assumptions }) => assumptions),
    paint,
  );
  return text === '' ? '' : `${paint.bold('not known from the manifests')}\n${text}`;
}

/** Each assumption on a line, what would settle it behind it. */
export function assumptionLines(assumptions: readonly Assumption[], { yellow, dim }: Paint): string {
  const distinct = new Map(assumptions.map((each) => [`${each.sentence}\n${each.decide}`, each]));
  return [...distinct.values()]
    .map(({ sentence, decide }) => `  ${yellow(printableLine(sentence))} ${dim(`→ ${printableLine(decide)}`)}\n`)
    .join('');
}
