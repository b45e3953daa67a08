import type { Severity } from '../../lint/finding/finding.ts';
import { groupBy } from '../../lang/group-by.ts';
import { counted } from '../../lang/counted.ts';
import type { ClusterSummary, LintValue, NotJudgedValue, SettledFact } from '../../ask/lint.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { trafficLines } from './traffic-lines.ts';

/** What the run amounts to: counts, what the verdicts rest on, and what was read but not judged. */
export function renderFooter(
  { summary, clusters, notJudged, leftOut, unknown, unchecked, notices }: LintValue,
  { paint }: { readonly paint: Paint },
): string {
  const { objects, pods, files } = summary.judged;
  const where = `in ${counted(objects, 'object')} (${counted(pods, 'pod')}) of ${counted(files, 'file')}`;
  let text = `${verdictLine(summary, paint)} ${where}\n`;
  const groups = alike(clusters);
  const everywhere = groups.length > 1 ? settledEverywhere(groups) : new Map<string, SettledFact>();
  text += factLines([...everywhere.values()], paint);
  for (const { names, guess, settled, traffic = [] } of groups) {
    const own = factLines(
      settled.filter((fact) => !everywhere.has(JSON.stringify(fact))),
      paint,
    );
    const lines = own + defaultLines(trafficLines(traffic), paint);
    const isUnnamed = names.length === 1 && names[0] === '';
    if (!isUnnamed || (groups.length > 1 && lines !== '')) text += clusterLine(names, guess, paint);
    text += lines;
  }
  for (const [index, group] of notJudged.entries()) {
    text += `${paint.dim((index === 0 ? 'not judged' : '').padEnd(LABEL))} ${printableLine(describe(group))}\n`;
  }
  if (leftOut.length > 0) {
    const what = `${counted(leftOut.length, 'directory', 'directories')}: ${shorten(leftOut)}`;
    text += `${paint.dim('left out'.padEnd(LABEL))} ${printableLine(what)} ${paint.dim('(name one to read it)')}\n`;
  }
  if (unknown.length > 0) {
    const places = [...new Set(unknown.map(({ file, line }) => `${file}:${line}`))];
    const what = `${counted(unknown.length, 'value')} that verdicts may rest on: ${shorten(places)}`;
    text += `${paint.dim('not known'.padEnd(LABEL))} ${printableLine(what)}\n`;
  }
  for (const [index, line] of uncheckedLines(unchecked).entries()) {
    text += `${paint.dim((index === 0 ? 'not checked' : '').padEnd(LABEL))} ${printableLine(line)}\n`;
  }
  for (const [index, line] of noticeLines(notices).entries()) {
    text += `${paint.dim((index === 0 ? 'incomplete' : '').padEnd(LABEL))} ${printableLine(line)}\n`;
  }
  return text;
}

const LABEL = 18;

interface Alike extends Pick<ClusterSummary, 'guess' | 'settled' | 'traffic'> {
  readonly names: string[];
}

/** Clusters of which the same is settled, together: a tree may hold hundreds. */
function alike(clusters: readonly ClusterSummary[]): Alike[] {
  const groups = new Map<string, Alike>();
  for (const { name, guess, settled, traffic } of clusters) {
    const key = JSON.stringify([guess, settled, traffic]);
    const group = groups.get(key);
    if (group !== undefined) group.names.push(name);
    else {
      const known = { ...(guess === undefined ? {} : { guess }), ...(traffic === undefined ? {} : { traffic }) };
      groups.set(key, { names: [name], settled, ...known });
    }
  }
  return [...groups.values()];
}

/** The facts that no group of clusters differs in, by their JSON. */
function settledEverywhere([first, ...others]: readonly Alike[]): ReadonlyMap<string, SettledFact> {
  const facts = ({ settled }: Alike) => settled.map((fact): [string, SettledFact] => [JSON.stringify(fact), fact]);
  const known = others.map((group) => new Map(facts(group)));
  return new Map(first === undefined ? [] : facts(first).filter(([key]) => known.every((group) => group.has(key))));
}

function factLines(settled: readonly SettledFact[], paint: Paint): string {
  return settled.map((fact) => factLine(fact, paint)).join('') + decideLines(settled, paint);
}

function clusterLine(names: readonly string[], guess: string | undefined, paint: Paint): string {
  const named = names.map((name) => (name === '' ? '(the rest)' : name));
  const title = `${names.length === 1 ? 'cluster' : `${names.length} clusters`} ${shorten(named)}`;
  return `${paint.bold(printableLine(title))}${guess === undefined ? '' : paint.dim(` (${printableLine(guess)})`)}\n`;
}

function verdictLine(counts: Readonly<Record<Severity, number>>, paint: Paint): string {
  const parts = [
    counts.error > 0 ? paint.red(counted(counts.error, 'error')) : '',
    counts.warning > 0 ? paint.yellow(counted(counts.warning, 'warning')) : '',
    counts.info > 0 ? paint.cyan(`${counts.info} info`) : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? paint.green('no findings') : parts.join(', ');
}

function factLine({ about, value, origin }: SettledFact, paint: Paint): string {
  return `${paint.dim(about.padEnd(LABEL))} ${printableLine(value)} ${paint.dim(`(${printableLine(origin)})`)}\n`;
}

/** Hints for the assumed facts: once, if several facts depend on the same setting. */
function decideLines(settled: readonly SettledFact[], paint: Paint): string {
  const ways = new Set(settled.map(({ decide }) => decide).filter((decide) => decide !== undefined));
  return [...ways]
    .map((way, index) => `${paint.dim((index === 0 ? 'hint' : '').padEnd(LABEL))} ${paint.dim(printableLine(way))}\n`)
    .join('');
}

/** What network policies do with traffic that no rule is written for. */
function defaultLines(lines: readonly string[], paint: Paint): string {
  return lines
    .map((line, index) => `${paint.dim((index === 0 ? 'default traffic' : '').padEnd(LABEL))} ${printableLine(line)}\n`)
    .join('');
}

function describe({ what, places }: NotJudgedValue): string {
  return `${places.length} × ${what}: ${shorten(places)}`;
}

/** Objects that were checked against no schema, by the reason. */
function uncheckedLines(unchecked: LintValue['unchecked']): string[] {
  return [...groupBy(unchecked, ({ why }) => why)].map(([why, kinds]) => {
    const objects = kinds.reduce((sum, kind) => sum + kind.objects, 0);
    const names = shorten(kinds.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
    return `fields of ${counted(objects, 'object')}: ${names} (${why})`;
  });
}

/** Where rules stopped at a limit: once for each reason, whatever the cluster. */
function noticeLines(notices: LintValue['notices']): string[] {
  const rules = new Map<string, Set<string>>();
  for (const { rule, reason } of notices) rules.set(reason, (rules.get(reason) ?? new Set<string>()).add(rule));
  return [...rules].map(([reason, names]) => `${shorten([...names])}: ${reason}`);
}

const SHOWN = 3;

function shorten(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(', ');
  return names.length > SHOWN ? `${shown}, and ${names.length - SHOWN} more` : shown;
}
