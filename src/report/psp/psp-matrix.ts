import type { Cluster } from '../../cluster/index/cluster.ts';
import { pspInForce } from '../../cluster/components/psp-in-force.ts';
import { formatKubernetesVersion } from '../../cluster/components/target-version.ts';
import type { PolicyTrial } from '../../engines/psp/evaluate-pod.ts';
import { describePod } from '../../lint/words/describe-pod.ts';
import type { PodJudgement } from '../../engines/admission/psp-judgement.ts';
import { counted } from '../../lang/counted.ts';
import type { Paint } from '../paint.ts';
import { sourceName } from '../pod-name.ts';
import { printableLine } from '../printable.ts';
import { reasonPlace } from '../reasons.ts';
import { type Cell, renderTable } from '../table.ts';

/** A cluster with the judgement of each of its pods. */
export interface JudgedCluster {
  readonly cluster: Cluster;
  readonly judgements: readonly PodJudgement[];
}

/** Pod × policy: who may use it, whether it would admit the pod, and which one is chosen (`*`); then the refusals in the server's words. */
export function renderMatrix({ cluster, judgements }: JudgedCluster, paint: Paint): string {
  const header = ['', 'POD', 'POLICY', 'MAY USE', 'WOULD ADMIT'].map((text): Cell => ({ text, paint: paint.bold }));
  const rows = judgements.flatMap((judgement) => podRows(judgement, paint));
  const table = rows.length === 0 ? '' : renderTable(header, rows);
  return `${headLine(cluster, paint)}${table}${refusals(judgements, paint)}`;
}

/** What is settled about the cluster, in a line or two: without it the table could be taken for more than it is. */
export function headLine(cluster: Cluster, { bold, yellow, dim }: Paint): string {
  const state = pspInForce(cluster);
  const name = cluster.name === '' ? '' : `${bold(`cluster ${printableLine(cluster.name)}`)}: `;
  const version = `Kubernetes ${formatKubernetesVersion(cluster.version.value)}`;
  if (state.value === 'on')
    return `${name}${version}, PodSecurityPolicy in force ${dim(`(${printableLine(state.origin)})`)}\n`;
  const off = state.value === 'off' ? 'not in force, what follows is what it would do' : 'perhaps in force';
  return `${name}${version}, ${yellow(`PodSecurityPolicy ${off}`)} ${dim(`(${printableLine(state.origin)})`)}\n`;
}

function podRows(judgement: PodJudgement, paint: Paint): Cell[][] {
  const { trials, chosen } = judgement;
  const name = sourceName(judgement.source);
  if (trials.length === 0)
    return [[{ text: '' }, { text: name }, { text: '-' }, { text: '-' }, { text: noTrial(judgement) }]];
  return trials.map((trial) => [
    { text: trial === chosen ? '*' : '', paint: paint.green },
    { text: name },
    { text: printableLine(trial.name) },
    mayUse(trial, paint),
    wouldAdmit(trial, paint),
  ]);
}

function noTrial({ decision, message }: PodJudgement): string {
  if (decision === 'unjudged') return printableLine(message === '' ? 'not looked at' : message);
  return 'there is no policy';
}

function mayUse({ authorizedBy }: PolicyTrial, paint: Paint): Cell {
  if (authorizedBy === '') return { text: 'no', paint: paint.red };
  return { text: authorizedBy === 'serviceAccount' ? 'account' : 'creator', paint: paint.green };
}

function wouldAdmit({ providerError, errors, mutates }: PolicyTrial, paint: Paint): Cell {
  if (providerError !== '') return { text: `never: ${printableLine(providerError)}`, paint: paint.red };
  const [first] = errors;
  if (first === undefined) return { text: mutates ? 'yes, with changes' : 'yes, as it is', paint: paint.green };
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return { text: `no: ${printableLine(first.message)}${more}`, paint: paint.red };
}

function refusals(judgements: readonly PodJudgement[], paint: Paint): string {
  const refused = judgements.filter(({ decision }) => decision === 'forbidden' || decision === 'unusable');
  const admitted = judgements.filter(({ decision }) => decision === 'admitted').length;
  let text = `\n${counted(judgements.length, 'pod')}: ${admitted} admitted, ${refused.length} refused\n`;
  for (const { source, message } of refused) {
    const place = source.placeOf(['metadata', 'name']);
    text += `  ${paint.cyan(reasonPlace(place))} ${printableLine(describePod(source))}: ${printableLine(message)}\n`;
  }
  return text;
}
