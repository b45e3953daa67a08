import type { DiffEndValue, FlowChangeValue, FlowTurn, NetDiffValue } from '../../ask/net/diff.ts';
import { counted } from '../../lang/counted.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { saidLine } from '../reasons.ts';
import { blocksWords, isMostAddresses } from './blocks-words.ts';
import { markdownText } from './net-matrix-data.ts';
import { packetWords } from './packet-value-words.ts';

const turns: readonly FlowTurn[] = ['opened', 'may be open', 'may be closed', 'closed'];

/** More changes than this are counted, not shown: JSON has all of them. */
const mostShown = 40;

/** Flows opened and closed, each with a packet that shows it and who decided it before and after. */
export function renderDiff(diff: NetDiffValue, paint: Paint): string {
  const all = sorted(diff);
  if (all.length === 0) return `no flow is opened or closed\n${workloadLines(diff)}`;
  let text = all
    .slice(0, mostShown)
    .map((each) => renderChange(each, paint))
    .join('');
  if (all.length > mostShown) text += `… and ${all.length - mostShown} more; --format json lists all\n`;
  return `${text}\n${summary(all)}\n${workloadLines(diff)}`;
}

/** The same as a table of Markdown, as it stands in a comment on a change. */
export function renderDiffMarkdown(diff: NetDiffValue): string {
  const all = sorted(diff);
  if (all.length === 0) return `No flow is opened or closed.\n${workloadLines(diff)}`;
  const rows = all.slice(0, mostShown).map((change) => {
    const { turn, sources, destinations, traffic } = change;
    const why = decidingSentences(change).map(markdownText).join('<br>');
    const cells = [turn, endsWords(sources), endsWords(destinations), traffic.words].map(markdownText);
    return `| ${[...cells, why].join(' | ')} |\n`;
  });
  const more = all.length > mostShown ? `\n… and ${all.length - mostShown} more.\n` : '';
  return `${summary(all)}\n\n| | from | to | packets | deciding policies, before and after |\n| --- | --- | --- | --- | --- |\n${rows.join('')}${more}${workloadLines(diff)}`;
}

/** What was said before and is not any more, then what is said now; of each the first. */
function decidingSentences({ witness }: FlowChangeValue): readonly string[] {
  const [was, is] = [witness.before, witness.after].map((said) => said?.because.map(({ sentence }) => sentence) ?? []);
  const only = (list: readonly string[] = [], other: readonly string[] = []): readonly string[] =>
    list.filter((sentence) => !other.includes(sentence)).slice(0, 1);
  return [...only(was, is), ...only(is, was)];
}

function sorted({ changes }: NetDiffValue): readonly FlowChangeValue[] {
  return changes.toSorted((a, b) => turns.indexOf(a.turn) - turns.indexOf(b.turn));
}

function summary(all: readonly FlowChangeValue[]): string {
  const parts = turns.flatMap((turn) => {
    const count = all.filter((each) => each.turn === turn).length;
    return count === 0 ? [] : [`${count} ${turn}`];
  });
  return `${counted(all.length, 'change')}: ${parts.join(', ')}`;
}

const words: Readonly<Record<FlowChangeValue['before'], string>> = {
  allow: 'allowed',
  deny: 'denied',
  unknown: 'unknown',
  absent: 'workload does not exist',
};

function renderChange(change: FlowChangeValue, paint: Paint): string {
  const { turn, sources, destinations, traffic, before, after, witness } = change;
  const colour = turn === 'opened' ? paint.green : turn === 'closed' ? paint.red : paint.yellow;
  const { from, to, packet } = witness;
  let text = `${colour(turn)} ${printableLine(`${endsWords(sources)} → ${endsWords(destinations)}`)}: ${traffic.words}\n`;
  text += `  for example ${printableLine(`${from} → ${to}`)} ${packetWords(packet)}\n`;
  for (const [when, decision, verdict] of [
    ['before', before, witness.before],
    ['after', after, witness.after],
  ] as const) {
    text += `    ${paint.dim(when)} ${words[decision]}\n`;
    for (const reason of verdict?.because ?? []) text += `      ${saidLine(reason, paint)}\n`;
  }
  return text;
}

const mostNames = 4;

function endsWords(ends: readonly DiffEndValue[]): string {
  const names = ends.map((end) => {
    if ('name' in end) return end.name;
    return isMostAddresses(end.blocks) ? 'outside' : `outside (${blocksWords(end.blocks)})`;
  });
  const more = names.length - mostNames;
  return names.slice(0, mostNames).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function workloadLines({ added, removed }: NetDiffValue): string {
  const line = (title: string, names: readonly string[]): string => {
    if (names.length === 0) return '';
    const more = names.length > 8 ? `, and ${names.length - 8} more` : '';
    return `${title}: ${printableLine(names.slice(0, 8).join(', '))}${more}\n`;
  };
  return line('new workloads', added) + line('removed workloads', removed);
}
