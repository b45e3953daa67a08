import type { Severity } from '../lint/finding.ts';
import { counted } from './count.ts';
import type { LintReport, NotJudged, SettledFact } from './lint-report.ts';
import type { Paint } from './paint.ts';
import { printableLine } from './printable.ts';

/** What the run amounts to: counts, what the verdicts rest on, and what was read but not judged. */
export function renderFooter(
  { judged, clusters, notJudged }: LintReport,
  counts: Readonly<Record<Severity, number>>,
  { paint }: { readonly paint: Paint },
): string {
  const { objects, pods, files } = judged;
  const where = `in ${counted(objects, 'object')} (${counted(pods, 'pod')}) of ${counted(files, 'file')}`;
  let text = `${verdictLine(counts, paint)} ${where}\n`;
  for (const { name, settled } of clusters) {
    if (name !== '') text += `${paint.bold(`cluster ${printableLine(name)}`)}\n`;
    for (const fact of settled) text += factLines(fact, paint);
  }
  for (const [index, group] of notJudged.entries()) {
    text += `${paint.dim((index === 0 ? 'not judged' : '').padEnd(LABEL))} ${printableLine(describe(group))}\n`;
  }
  return text;
}

const LABEL = 18;

function verdictLine(counts: Readonly<Record<Severity, number>>, paint: Paint): string {
  const parts = [
    counts.error > 0 ? paint.red(counted(counts.error, 'error')) : '',
    counts.warning > 0 ? paint.yellow(counted(counts.warning, 'warning')) : '',
    counts.info > 0 ? paint.cyan(`${counts.info} info`) : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? paint.green('no findings') : parts.join(', ');
}

function factLines({ about, value, origin, decide }: SettledFact, paint: Paint): string {
  const line = `${paint.dim(about.padEnd(LABEL))} ${printableLine(value)} ${paint.dim(`(${printableLine(origin)})`)}\n`;
  return decide === undefined
    ? line
    : `${line}${' '.repeat(LABEL)} ${paint.dim(`to settle it: ${printableLine(decide)}`)}\n`;
}

const PLACES_SHOWN = 3;

function describe({ what, places }: NotJudged): string {
  const shown = places.slice(0, PLACES_SHOWN).join(', ');
  const more = places.length > PLACES_SHOWN ? `, and ${places.length - PLACES_SHOWN} more` : '';
  return `${places.length} × ${what}: ${shown}${more}`;
}
