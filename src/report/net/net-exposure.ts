import type { ExposedValue, ExposureValue, SideExposureValue, WorkloadExposureValue } from '../../ask/net/exposure.ts';
import { counted } from '../../lang/counted.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { saidPlace } from '../reasons.ts';
import { blocksWords } from './blocks-words.ts';

/** So many groups of workloads are shown; -n and JSON show the others. */
const mostGroups = 40;
const mostNames = 6;
/** Of what is told apart on one side of a workload, so much is shown. */
const mostLines = 6;

/** What Calico keeps every pod from sending, whatever the policies say. */
const encapsulated = 'UDP 4789; 1 other protocol';

/** What policies let in from outside and from pods not yet written, and out to them; workloads of which the same is said together. */
export function renderExposure({ workloads }: ExposureValue, paint: Paint): string {
  if (workloads.length === 0) return 'there are no pods\n';
  const groups = new Map<string, string[]>();
  for (const each of workloads) {
    const said = describe(each, paint);
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

function describe({ ingress, egress, entryPoints, assumptions }: WorkloadExposureValue, paint: Paint): string {
  let text = sideLines('in ', 'from', ingress, paint) + sideLines('out', 'to', egress, paint);
  for (const { kind, at: place, service, protocol, port, targetPort } of entryPoints) {
    const named = `${place.namespace === undefined ? '' : `${place.namespace}/`}${place.name}`;
    const by = service === undefined || service === named ? '' : ` by Service ${service}`;
    const at = port === undefined ? '' : ` port ${port}`;
    text += `  ${paint.cyan(saidPlace(place))} ${printableLine(`${kind} ${named}${at}${by}`)} leads to ${protocol} ${targetPort}\n`;
  }
  for (const { sentence, decide } of assumptions) {
    text += `  ${paint.yellow(printableLine(sentence))}\n    ${paint.dim(`hint: ${printableLine(decide)}`)}\n`;
  }
  return text;
}

function sideLines(title: string, word: string, side: SideExposureValue, paint: Paint): string {
  const lines = [
    ...side.outside.map((each, index) => {
      const name = index === 0 ? 'outside' : `outside (${blocksWords(each.blocks)})`;
      return `${word} ${name}: ${exposedWords(each, paint)}`;
    }),
    ...side.newPods.map((each) => {
      const [first] = each.pods;
      const more = each.pods.length > 1 ? ` and ${each.pods.length - 1} more` : '';
      const name = `${first?.name ?? 'new pods'}${more}`;
      const denied = each.denied.words;
      const own =
        denied === 'none' || denied === encapsulated
          ? ''
          : paint.dim(` (policies that select such a pod deny ${denied})`);
      return `${word} ${name}: ${exposedWords(each, paint)}${own}`;
    }),
  ];
  const shown = lines.slice(0, mostLines);
  if (lines.length > mostLines) shown.push(`… and ${lines.length - mostLines} more, with --format json`);
  const governed = side.isGoverned ? '' : paint.dim(' (no policy)');
  return shown
    .map((line, index) => `  ${index === 0 ? title : '   '}  ${line}${index === 0 ? governed : ''}\n`)
    .join('');
}

function exposedWords({ allowed, unknown }: ExposedValue, paint: Paint): string {
  const [sure, maybe] = [allowed.words, unknown.words];
  const parts = [
    ...(sure === 'none' ? [] : [paint.green(sure)]),
    ...(maybe === 'none' ? [] : [paint.yellow(`unknown: ${maybe}`)]),
  ];
  return parts.length === 0 ? paint.dim('nothing') : parts.join('; ');
}
