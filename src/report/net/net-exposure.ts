import type { Exposure, ExposedTraffic, SideExposure, WorkloadExposure } from '../../engines/net/analyses/exposure.ts';
import { counted } from '../count.ts';
import { CellWords } from './net-cell-words.ts';
import { blocksWords } from './net-peers.ts';
import { protocolName } from './net-traffic.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { reasonPlace } from '../reasons.ts';

/** So many groups of workloads are shown; -n and JSON show the others. */
const mostGroups = 40;
const mostNames = 6;
/** Of what is told apart on one side of a workload, so much is shown. */
const mostLines = 6;

/** What Calico keeps every pod from sending, whatever the policies say. */
const encapsulated = 'UDP 4789; 1 other protocol';

/** What policies let in from outside and from pods not yet written, and out to them; workloads of which the same is said together. */
export function renderExposure({ workloads }: Exposure, paint: Paint): string {
  if (workloads.length === 0) return 'there is no pod\n';
  const words = new CellWords();
  const groups = new Map<string, string[]>();
  for (const each of workloads) {
    const said = describe(each, words, paint);
    const names = groups.get(said);
    if (names === undefined) groups.set(said, [each.workload.name]);
    else names.push(each.workload.name);
  }
  const shown = [...groups].slice(0, mostGroups).map(([said, names]) => {
    const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
    return `${paint.bold(printableLine(names.slice(0, mostNames).join(', ')))}${more}\n${said}`;
  });
  const left = [...groups.values()].slice(mostGroups).reduce((sum, { length }) => sum + length, 0);
  return shown.join('\n') + (left === 0 ? '' : `\n… and ${counted(left, 'more workload')}, with -n NAMESPACE\n`);
}

function describe(
  { ingress, egress, entryPoints, assumptions }: WorkloadExposure,
  words: CellWords,
  paint: Paint,
): string {
  let text = sideLines('in ', 'from', ingress, words, paint) + sideLines('out', 'to', egress, words, paint);
  for (const { kind, object, path, service, protocol, port, targetPort } of entryPoints) {
    const through = `${kind} ${object.namespace === '' ? '' : `${object.namespace}/`}${object.name}`;
    const by =
      service === undefined || service === `${object.namespace}/${object.name}` ? '' : ` by Service ${service}`;
    const at = port === undefined ? '' : ` port ${port}`;
    text += `  ${paint.cyan(reasonPlace({ object, path }))} ${printableLine(`${through}${at}${by}`)} leads to ${protocolName(protocol)} ${targetPort}\n`;
  }
  for (const { sentence, decide } of assumptions) {
    text += `  ${paint.yellow(printableLine(sentence))}\n    ${paint.dim(`to settle it: ${printableLine(decide)}`)}\n`;
  }
  return text;
}

function sideLines(title: string, word: string, side: SideExposure, words: CellWords, paint: Paint): string {
  const lines = [
    ...side.outside.map((each, index) => {
      const name = index === 0 ? 'outside' : `outside (${blocksWords(each.ranges)})`;
      return `${word} ${name}: ${exposedWords(each, words, paint)}`;
    }),
    ...side.newPods.map((each) => {
      const [first] = each.pods;
      const more = each.pods.length > 1 ? ` and ${each.pods.length - 1} more` : '';
      const name = `${first?.name ?? 'new pods'}${more}`;
      const denied = words.ofTraffic(each.denied);
      const own =
        denied === 'none' || denied === encapsulated
          ? ''
          : paint.dim(` (policies that select such a pod deny ${denied})`);
      return `${word} ${name}: ${exposedWords(each, words, paint)}${own}`;
    }),
  ];
  const shown = lines.slice(0, mostLines);
  if (lines.length > mostLines) shown.push(`… and ${lines.length - mostLines} more, with --format json`);
  const governed = side.isGoverned ? '' : paint.dim(' (no policy)');
  return shown
    .map((line, index) => `  ${index === 0 ? title : '   '}  ${line}${index === 0 ? governed : ''}\n`)
    .join('');
}

function exposedWords({ traffic, unknown }: ExposedTraffic, words: CellWords, paint: Paint): string {
  const [sure, maybe] = [words.ofTraffic(traffic), words.ofTraffic(unknown)];
  const parts = [
    ...(sure === 'none' ? [] : [paint.green(sure)]),
    ...(maybe === 'none' ? [] : [paint.yellow(`not known: ${maybe}`)]),
  ];
  return parts.length === 0 ? paint.dim('nothing') : parts.join('; ');
}
