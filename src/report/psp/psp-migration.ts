import type { LevelDifferences } from '../../engines/migrate/differences.ts';
import { compareLevels, type Level } from '../../engines/psa/level.ts';
import { describePod } from '../../lint/words/describe-pod.ts';
import type { ClusterMigration, NamespaceMigration, PolicyMigration } from '../../engines/migrate/migrate-cluster.ts';
import type { JsonObject } from '../../model/object.ts';
import { formatFieldPath } from '../../text/tree.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { headLine } from './psp-matrix.ts';
import { type Cell, renderTable } from '../table.ts';

/** `psp migrate`: which level keeps what policies admit, what it would do otherwise with a pod to show it, and the labels to write. */
export function renderMigration(migration: ClusterMigration, paint: Paint): string {
  const { cluster, servers, namespaces, others } = migration;
  const judged = `policies are judged as of v1.${servers.psp.version.value.minor}, levels as of ${servers.version}`;
  let text = `${headLine(cluster, paint)}${paint.dim(judged)}\n`;
  if (namespaces.length > 0) text += `\n${namespaceTable(namespaces, paint)}`;
  if (others.length > 0) text += `\n${othersTable(others, namespaces.length > 0, paint)}`;
  for (const group of alike(namespaces)) text += `\n${namespaceDetails(group, paint)}`;
  for (const other of others) text += `\n${policyDetails(other, paint)}`;
  return text + renderLabels(namespaces, paint);
}

function namespaceTable(namespaces: readonly NamespaceMigration[], paint: Paint): string {
  const header = ['NAMESPACE', 'LEVEL', 'ONCE FILLED IN', 'PODS HERE PASS', 'POLICIES'];
  const rows = namespaces.map(({ namespace, policies, level, keepsFilledIn, podsLevel }) => [
    { text: printableLine(namespace) },
    levelCell(level, paint),
    levelCell(keepsFilledIn, paint),
    levelCell(podsLevel, paint),
    { text: policies.length === 0 ? 'nobody may use one' : printableLine(policies.join(', ')) },
  ]);
  return renderTable(headed(header, paint), rows);
}

function othersTable(others: readonly PolicyMigration[], isRest: boolean, paint: Paint): string {
  const rows = others.map(({ policies, keepsAll, keepsFilledIn }) => [
    { text: printableLine(policies.join(', ')) },
    levelCell(keepsAll, paint),
    levelCell(keepsFilledIn, paint),
  ]);
  const title = isRest ? 'POLICY THAT NOBODY MAY USE' : 'POLICY';
  return renderTable(headed([title, 'LEVEL', 'ONCE FILLED IN'], paint), rows);
}

function headed(titles: readonly string[], { bold }: Paint): readonly Cell[] {
  return titles.map((text) => ({ text, paint: bold }));
}

function levelCell(level: Level | undefined, { green, yellow, red }: Paint): Cell {
  if (level === undefined) return { text: '-' };
  return { text: level, paint: { privileged: red, baseline: yellow, restricted: green }[level] };
}

/** Namespaces of which the same is to be said, pods aside. */
function alike(namespaces: readonly NamespaceMigration[]): readonly (readonly NamespaceMigration[])[] {
  const groups = new Map<string, NamespaceMigration[]>();
  for (const each of namespaces) {
    if (each.level === undefined) continue;
    const key = JSON.stringify([each.policies, each.level]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups.values()];
}

function namespaceDetails(group: readonly NamespaceMigration[], paint: Paint): string {
  const [first] = group;
  if (first?.level === undefined) return '';
  const names = group.map(({ namespace }) => printableLine(namespace)).join(', ');
  const admitted = first.policies.length === 0 ? 'the pods here' : `what ${quotedList(first.policies)} admit`;
  let text = `${paint.bold(names)}: ${first.level} keeps ${admitted}${first.policies.length === 1 ? 's' : ''}\n`;
  for (const { pods } of group) text += podLines(pods, first.level, paint);
  return text + differenceLines(first.differences, first.level, paint);
}

function policyDetails({ policies, keepsAll, differences }: PolicyMigration, paint: Paint): string {
  if (keepsAll === undefined) return '';
  const head = `${paint.bold(printableLine(policies.join(', ')))}: ${keepsAll} keeps what it admits\n`;
  return head + differenceLines(differences, keepsAll, paint);
}

function quotedList(policies: readonly string[]): string {
  return policies.map((name) => `\`${printableLine(name)}\``).join(', ');
}

function podLines(pods: NamespaceMigration['pods'], level: Level, paint: Paint): string {
  let text = '';
  for (const { source, violations } of pods) {
    for (const strict of ['baseline', 'restricted'] as const) {
      const [first, ...more] = violations[strict];
      if (first === undefined || compareLevels(strict, level) <= 0) continue;
      const reasons = [first, ...more].map(({ reason }) => reason).join(', ');
      text += `  ${paint.yellow(strict)} would refuse ${printableLine(`${describePod(source)}: ${reasons}`)}\n`;
      break; // what baseline refuses, restricted does too
    }
  }
  return text;
}

/** What stricter levels would refuse, and what the level itself would newly admit. */
function differenceLines(differences: readonly LevelDifferences[], level: Level, paint: Paint): string {
  let text = '';
  for (const { level: other, refuses } of differences) {
    if (compareLevels(other, level) <= 0 || refuses.length === 0) continue;
    text += `  ${paint.yellow(other)} would newly refuse\n`;
    for (const { check, violation, example, filledIn } of refuses) {
      const left = filledIn ? ', where a pod leaves it to the policy' : '';
      text += `    ${check}: ${printableLine(violation.reason)}${left}\n${exampleLine(example, paint)}`;
    }
  }
  const own = differences.find((each) => each.level === level);
  if (own === undefined || own.admits.length === 0) return `${text}  ${level} admits nothing new\n`;
  text += `  ${paint.yellow(level)} would newly admit what is refused by\n`;
  for (const { control, refusals, example } of own.admits) {
    const path = formatFieldPath(control);
    const said = refusals.find((refusal) => formatFieldPath(refusal.control) === path)?.message ?? '';
    text += `    ${printableLine(`${path}: ${said}`)}\n${exampleLine(example, paint)}`;
  }
  return text;
}

function exampleLine(example: JsonObject, { dim }: Paint): string {
  return `      ${dim(printableLine(JSON.stringify(example)))}\n`;
}

/** The labels of every namespace, to paste. */
function renderLabels(namespaces: readonly NamespaceMigration[], { bold }: Paint): string {
  const labelled = namespaces.filter(({ level }) => level !== undefined);
  if (labelled.length === 0) return '';
  const documents = labelled.map(({ namespace, labels }) => {
    const lines = Object.entries(labels).map(([key, value]) => `    ${key}: ${value}\n`);
    // A name may be a number to YAML.
    return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${JSON.stringify(namespace)}\n  labels:\n${lines.join('')}`;
  });
  return `\n${bold('labels to write')}\n\n${documents.join('---\n')}`;
}
