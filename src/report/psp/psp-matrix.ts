import type { ClusterValue, PspClusterValue } from '../../ask/pods/cluster-value.ts';
import type { PspMatrixValue, PspPodValue, PspTrialValue } from '../../ask/pods/psp-trials.ts';
import { counted } from '../../lang/counted.ts';
import { assumptionLines } from '../assumption-lines.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { saidPlace } from '../reasons.ts';
import { type Cell, renderTable } from '../table.ts';

/** Pod × policy: who may use it, whether it would admit the pod, and which one is chosen (`*`); then the refusals in the server's words. */
export function renderMatrix(cluster: PspMatrixValue['clusters'][number], paint: Paint): string {
  const header = ['', 'POD', 'POLICY', 'MAY USE', 'WOULD ADMIT'].map((text): Cell => ({ text, paint: paint.bold }));
  const rows = cluster.pods.flatMap((pod) => podRows(pod, paint));
  const table = rows.length === 0 ? '' : renderTable(header, rows);
  return `${headLine(cluster, paint)}${table}${refusals(cluster.pods, paint)}`;
}

/** What is settled about the cluster, in a line or two: without it the table could be taken for more than it is. */
export function headLine(cluster: PspClusterValue, { bold, yellow, dim }: Paint): string {
  const { state, origin } = cluster.podSecurityPolicy;
  const version = `${clusterName(cluster, bold)}Kubernetes ${cluster.kubernetesVersion}`;
  if (state === 'on') return `${version}, PodSecurityPolicy in force ${dim(`(${printableLine(origin)})`)}\n`;
  const off = state === 'off' ? 'not in force, this is what it would decide' : 'possibly in force';
  return `${version}, ${yellow(`PodSecurityPolicy ${off}`)} ${dim(`(${printableLine(origin)})`)}\n`;
}

function clusterName({ name }: ClusterValue, bold: Paint['bold']): string {
  return name === '' ? '' : `${bold(`cluster ${printableLine(name)}`)}: `;
}

function podRows(pod: PspPodValue, paint: Paint): Cell[][] {
  const { policies, policy } = pod;
  const name = printableLine(pod.title);
  if (policies.length === 0)
    return [[{ text: '' }, { text: name }, { text: '-' }, { text: '-' }, { text: noTrial(pod) }]];
  return policies.map((trial) => [
    { text: trial.name === policy ? '*' : '', paint: paint.green },
    { text: name },
    { text: printableLine(trial.name) },
    mayUse(trial, paint),
    wouldAdmit(trial, paint),
  ]);
}

function noTrial({ decision, message }: PspPodValue): string {
  if (decision === 'unjudged') return printableLine(message === '' ? 'not checked' : message);
  return 'there are no policies';
}

function mayUse({ mayUse: by }: PspTrialValue, paint: Paint): Cell {
  if (by === '') return { text: 'no', paint: paint.red };
  return { text: by === 'serviceAccount' ? 'account' : 'creator', paint: paint.green };
}

function wouldAdmit({ neverUsed, errors, mutates }: PspTrialValue, paint: Paint): Cell {
  const [first] = errors;
  if (neverUsed === true) return { text: `never: ${printableLine(first ?? '')}`, paint: paint.red };
  if (first === undefined) return { text: mutates ? 'yes, with changes' : 'yes, as it is', paint: paint.green };
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return { text: `no: ${printableLine(first)}${more}`, paint: paint.red };
}

function refusals(pods: readonly PspPodValue[], paint: Paint): string {
  const sure = pods.filter(({ assumptions }) => assumptions.length === 0);
  const refused = sure.filter(({ decision }) => decision === 'forbidden' || decision === 'unusable');
  const admitted = sure.filter(({ decision }) => decision === 'admitted').length;
  const unknown = pods.flatMap(({ assumptions }) => assumptions);
  const open = unknown.length === 0 ? '' : `, ${pods.length - sure.length} not known`;
  let text = `\n${counted(pods.length, 'pod')}: ${admitted} admitted, ${refused.length} refused${open}\n`;
  for (const { at, description, message } of refused) {
    text += `  ${paint.cyan(saidPlace(at))} ${printableLine(description)}: ${printableLine(message)}\n`;
  }
  return `${text}${assumptionLines(unknown, paint)}`;
}
