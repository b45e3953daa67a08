import type {
  LevelValue,
  MigrationValue,
  NamespaceMigrationValue,
  PolicyMigrationValue,
} from '../../ask/pods/psp-migrate.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { type Cell, renderTable } from '../table.ts';
import { headLine } from './psp-matrix.ts';

type Level = LevelValue['level'];

/** From lax to strict. */
const LEVELS: readonly Level[] = ['privileged', 'baseline', 'restricted'];

function isStricter(left: Level, right: Level): boolean {
  return LEVELS.indexOf(left) > LEVELS.indexOf(right);
}

/** `psp migrate`: which level keeps what policies admit, what it would do otherwise with a pod to show it, and the labels to write. */
export function renderMigration(migration: MigrationValue, paint: Paint): string {
  const { namespaces, otherPolicies: others } = migration;
  const judged = `policies are evaluated as of v${migration.policiesJudgedAs}, levels as of ${migration.pinnedVersion}`;
  let text = `${headLine(migration, paint)}${paint.dim(judged)}\n`;
  if (namespaces.length > 0) text += `\n${namespaceTable(namespaces, paint)}`;
  if (others.length > 0) text += `\n${othersTable(others, namespaces.length > 0, paint)}`;
  for (const group of alike(namespaces)) text += `\n${namespaceDetails(group, paint)}`;
  for (const other of others) text += `\n${policyDetails(other, paint)}`;
  return text + renderLabels(namespaces, paint);
}

function namespaceTable(namespaces: readonly NamespaceMigrationValue[], paint: Paint): string {
  const header = ['NAMESPACE', 'LEVEL', 'ONCE FILLED IN', 'PODS HERE PASS', 'POLICIES'];
  const rows = namespaces.map(({ namespace, policies, level, keepsFilledIn, podsPass }) => [
    { text: printableLine(namespace) },
    levelCell(level, paint),
    levelCell(keepsFilledIn, paint),
    levelCell(podsPass, paint),
    { text: policies.length === 0 ? 'none usable' : printableLine(policies.join(', ')) },
  ]);
  return renderTable(headed(header, paint), rows);
}

function othersTable(others: readonly PolicyMigrationValue[], isRest: boolean, paint: Paint): string {
  const rows = others.map(({ policies, keepsAll, keepsFilledIn }) => [
    { text: printableLine(policies.join(', ')) },
    levelCell(keepsAll, paint),
    levelCell(keepsFilledIn, paint),
  ]);
  const title = isRest ? 'UNUSED POLICY' : 'POLICY';
  return renderTable(headed([title, 'LEVEL', 'ONCE FILLED IN'], paint), rows);
}

function headed(titles: readonly string[], { bold }: Paint): readonly Cell[] {
  return titles.map((text) => ({ text, paint: bold }));
}

function levelCell(level: Level | null, { green, yellow, red }: Paint): Cell {
  if (level === null) return { text: '-' };
  return { text: level, paint: { privileged: red, baseline: yellow, restricted: green }[level] };
}

/** Namespaces of which the same is to be said, pods aside. */
function alike(namespaces: readonly NamespaceMigrationValue[]): readonly (readonly NamespaceMigrationValue[])[] {
  const groups = new Map<string, NamespaceMigrationValue[]>();
  for (const each of namespaces) {
    if (each.level === null) continue;
    const key = JSON.stringify([each.policies, each.level]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups.values()];
}

function namespaceDetails(group: readonly NamespaceMigrationValue[], paint: Paint): string {
  const [first] = group;
  if (first === undefined || first.level === null) return '';
  const names = group.map(({ namespace }) => printableLine(namespace)).join(', ');
  const admitted = first.policies.length === 0 ? 'the pods here' : `what ${quotedList(first.policies)} admit`;
  let text = `${paint.bold(names)}: ${first.level} covers ${admitted}${first.policies.length === 1 ? 's' : ''}\n`;
  for (const { pods } of group) text += podLines(pods, first.level, paint);
  return text + differenceLines(first.levels, first.level, paint);
}

function policyDetails({ policies, keepsAll, levels }: PolicyMigrationValue, paint: Paint): string {
  if (keepsAll === null) return '';
  const head = `${paint.bold(printableLine(policies.join(', ')))}: ${keepsAll} covers what it admits\n`;
  return head + differenceLines(levels, keepsAll, paint);
}

function quotedList(policies: readonly string[]): string {
  return policies.map((name) => `\`${printableLine(name)}\``).join(', ');
}

function podLines(pods: NamespaceMigrationValue['pods'], level: Level, paint: Paint): string {
  let text = '';
  for (const { description, refusedBy } of pods) {
    for (const strict of ['baseline', 'restricted'] as const) {
      const [first, ...more] = refusedBy[strict];
      if (first === undefined || !isStricter(strict, level)) continue;
      const reasons = [first, ...more].map(({ reason }) => reason).join(', ');
      text += `  ${paint.yellow(strict)} would reject ${printableLine(`${description}: ${reasons}`)}\n`;
      break; // what baseline refuses, restricted does too
    }
  }
  return text;
}

/** What stricter levels would refuse, and what the level itself would newly admit. */
function differenceLines(differences: readonly LevelValue[], level: Level, paint: Paint): string {
  let text = '';
  for (const { level: other, newlyRefuses: refuses } of differences) {
    if (!isStricter(other, level) || refuses.length === 0) continue;
    text += `  ${paint.yellow(other)} would newly reject\n`;
    for (const { check, reason, example, onlyWhatPoliciesFillIn } of refuses) {
      const left = onlyWhatPoliciesFillIn ? ', if the pod leaves it to the policy' : '';
      text += `    ${check}: ${printableLine(reason)}${left}\n${exampleLine(example, paint)}`;
    }
  }
  const own = differences.find((each) => each.level === level);
  if (own === undefined || own.newlyAdmits.length === 0) return `${text}  ${level} admits nothing new\n`;
  text += `  ${paint.yellow(level)} would newly admit what is rejected by\n`;
  for (const { control, refusals, example } of own.newlyAdmits) {
    const said = refusals.find((refusal) => refusal.control === control)?.message ?? '';
    text += `    ${printableLine(`${control}: ${said}`)}\n${exampleLine(example, paint)}`;
  }
  return text;
}

function exampleLine(example: object, { dim }: Paint): string {
  return `      ${dim(printableLine(JSON.stringify(example)))}\n`;
}

/** The labels of every namespace, to paste. */
function renderLabels(namespaces: readonly NamespaceMigrationValue[], { bold }: Paint): string {
  const labelled = namespaces.filter(({ level }) => level !== null);
  if (labelled.length === 0) return '';
  const documents = labelled.map(({ namespace, labels }) => {
    const lines = Object.entries(labels).map(([key, value]) => `    ${key}: ${value}\n`);
    // A name may be a number to YAML.
    return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${JSON.stringify(namespace)}\n  labels:\n${lines.join('')}`;
  });
  return `\n${bold('labels to set')}\n\n${documents.join('---\n')}`;
}
