import type {
  ConnectivityDiff,
  DiffDecision,
  DiffEnd,
  FlowChange,
} from '../../engines/net/analyses/diff-connectivity.ts';
import { counted } from '../count.ts';
import { markdownText } from './net-matrix-data.ts';
import { blocksWords, isMostAddresses } from './net-peers.ts';
import { packetWords, trafficWords } from './net-traffic.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { reasonLine } from '../reasons.ts';

/** What became of flows. */
type Turn = 'opened' | 'may be open' | 'may be closed' | 'closed';

const turns: readonly Turn[] = ['opened', 'may be open', 'may be closed', 'closed'];

/** A change beside what it amounts to, and why there was or is no such flow. */
interface Turned {
  readonly turn: Turn;
  readonly change: FlowChange;
}

/** Whether anything is different. */
export function isChanged({ changes, ofAdded, ofRemoved }: ConnectivityDiff): boolean {
  return changes.length + ofAdded.length + ofRemoved.length > 0;
}

/** More changes than this are counted, not shown: JSON has all of them. */
const mostShown = 40;

/** Flows opened and closed, each with a packet that shows it and who decided it before and after. */
export function renderDiff(diff: ConnectivityDiff, paint: Paint): string {
  const all = sorted(diff);
  if (all.length === 0) return `no flow is opened or closed\n${workloadLines(diff)}`;
  let text = all
    .slice(0, mostShown)
    .map((each) => renderChange(each, paint))
    .join('');
  if (all.length > mostShown) text += `… and ${all.length - mostShown} more; --format json has all of them\n`;
  return `${text}\n${summary(all)}\n${workloadLines(diff)}`;
}

/** The same as a table of Markdown, as it stands in a comment on a change. */
export function renderDiffMarkdown(diff: ConnectivityDiff): string {
  const all = sorted(diff);
  if (all.length === 0) return `No flow is opened or closed.\n${workloadLines(diff)}`;
  const rows = all.slice(0, mostShown).map(({ turn, change }) => {
    const { sources, destinations, traffic } = change;
    const why = decidingSentences(change).map(markdownText).join('<br>');
    const cells = [turn, endsWords(sources), endsWords(destinations), trafficWords(traffic)].map(markdownText);
    return `| ${[...cells, why].join(' | ')} |\n`;
  });
  const more = all.length > mostShown ? `\n… and ${all.length - mostShown} more.\n` : '';
  return `${summary(all)}\n\n| | from | to | packets | who decides it, before and after |\n| --- | --- | --- | --- | --- |\n${rows.join('')}${more}${workloadLines(diff)}`;
}

/** What was said before and is not any more, then what is said now; of each the first. */
function decidingSentences({ witness }: FlowChange): readonly string[] {
  const [was, is] = [witness.before, witness.after].map((said) => said?.reasons.map(({ sentence }) => sentence) ?? []);
  const only = (list: readonly string[] = [], other: readonly string[] = []): readonly string[] =>
    list.filter((sentence) => !other.includes(sentence)).slice(0, 1);
  return [...only(was, is), ...only(is, was)];
}

function sorted({ changes, ofAdded, ofRemoved }: ConnectivityDiff): readonly Turned[] {
  return [...changes, ...ofAdded, ...ofRemoved]
    .map((change) => ({ change, turn: turnOf(change) }))
    .sort((a, b) => turns.indexOf(a.turn) - turns.indexOf(b.turn));
}

const openness: Readonly<Record<DiffDecision, number>> = { deny: 0, absent: 0, unknown: 1, allow: 2 };

function turnOf({ before, after }: FlowChange): Turn {
  if (openness[after] > openness[before]) return after === 'allow' ? 'opened' : 'may be open';
  return after === 'unknown' ? 'may be closed' : 'closed';
}

function summary(all: readonly Turned[]): string {
  const parts = turns.flatMap((turn) => {
    const count = all.filter((each) => each.turn === turn).length;
    return count === 0 ? [] : [`${count} ${turn}`];
  });
  return `${counted(all.length, 'change')}: ${parts.join(', ')}`;
}

const words: Readonly<Record<DiffDecision, string>> = {
  allow: 'allowed',
  deny: 'denied',
  unknown: 'not known',
  absent: 'no such workload',
};

function renderChange({ turn, change }: Turned, paint: Paint): string {
  const { sources, destinations, traffic, before, after, witness } = change;
  const colour = turn === 'opened' ? paint.green : turn === 'closed' ? paint.red : paint.yellow;
  const { source, destination, packet } = witness;
  let text = `${colour(turn)} ${printableLine(`${endsWords(sources)} → ${endsWords(destinations)}`)}: ${trafficWords(traffic)}\n`;
  text += `  for example ${printableLine(`${source.name} → ${destination.name}`)} ${packetWords(packet)}\n`;
  for (const [when, decision, verdict] of [
    ['before', before, witness.before],
    ['after', after, witness.after],
  ] as const) {
    text += `    ${paint.dim(when)} ${words[decision]}\n`;
    for (const reason of verdict?.reasons ?? []) text += `      ${reasonLine(reason, paint)}\n`;
  }
  return text;
}

const mostNames = 4;

function endsWords(ends: readonly DiffEnd[]): string {
  const names = ends.map(({ name, ranges }) => {
    if (ranges === undefined) return name;
    return isMostAddresses(ranges) ? 'outside' : `outside (${blocksWords(ranges)})`;
  });
  const more = names.length - mostNames;
  return names.slice(0, mostNames).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function workloadLines({ added, removed }: ConnectivityDiff): string {
  const line = (title: string, names: readonly string[]): string => {
    if (names.length === 0) return '';
    const more = names.length > 8 ? `, and ${names.length - 8} more` : '';
    return `${title}: ${printableLine(names.slice(0, 8).join(', '))}${more}\n`;
  };
  const [come, gone] = [added, removed].map((ends) => ends.map(({ name }) => name));
  return line('new workloads', come ?? []) + line('removed workloads', gone ?? []);
}
