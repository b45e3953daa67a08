import type { OtherDeciderValue, PodAdmissionValue } from '../../ask/pods/admit.ts';
import { counted } from '../../lang/counted.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { saidPlace } from '../reasons.ts';

const MOST_LINES = 10;

/** Who decides beside the API server, each with how many of the pods it takes. */
export function otherLines(pods: readonly PodAdmissionValue[], paint: Paint, all: boolean): string {
  const asked = new Map<string, { readonly other: OtherDeciderValue; readonly titles: string[] }>();
  for (const { othersDecide, title } of pods) {
    for (const other of othersDecide) {
      const known = asked.get(other.title);
      if (known === undefined) asked.set(other.title, { other, titles: [title] });
      else known.titles.push(title);
    }
  }
  if (asked.size === 0) return '';
  const shown = [...asked.values()].slice(0, all ? Infinity : MOST_LINES);
  const lines = shown.map(({ other, titles }) => `  ${lineOf(other, titles, paint)}\n`);
  const left = asked.size - shown.length;
  const rest = left === 0 ? '' : `  ${paint.dim(`and ${left} more (--all lists them)`)}\n`;
  return `\n${paint.bold('also asked, with answers that no manifest tells')}\n${lines.join('')}${rest}`;
}

function lineOf({ title, name, mayChange, mayRefuse, at }: OtherDeciderValue, titles: string[], paint: Paint): string {
  const [first = ''] = titles;
  const pods = titles.length === 1 ? printableLine(first) : counted(titles.length, 'workload');
  const verbs = [...(mayChange ? ['change'] : []), ...(mayRefuse ? ['refuse'] : [])].join(' or ');
  const hint = mayChange
    ? ` ${paint.dim(`→ set \`settings.assume.mutatedBy["${printableLine(name)}"]\` to what it adds`)}`
    : '';
  return `${paint.cyan(saidPlace(at))} ${paint.yellow(printableLine(title))} may ${verbs} ${pods}${hint}`;
}
