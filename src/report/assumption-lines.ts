import type { AdmissionAssumption } from '../ask/pods/admit.ts';
import type { Paint } from './paint.ts';
import { printableLine } from './printable.ts';

/** Each assumption on a line, what would settle it behind it; those that differ in names alone, or that the same settles, on one line. */
export function assumptionLines(
  assumptions: readonly Pick<AdmissionAssumption, 'sentence' | 'decide'>[],
  { yellow, dim }: Paint,
  most = Infinity,
): string {
  const groups = new Map<string, { readonly decide: string; readonly alike: Map<string, Set<string>> }>();
  for (const { decide, sentence } of assumptions) {
    const key = withoutNames(decide);
    const group = groups.get(key) ?? { decide, alike: new Map<string, Set<string>>() };
    groups.set(key, group);
    const shape = withoutNames(sentence);
    group.alike.set(shape, (group.alike.get(shape) ?? new Set<string>()).add(sentence));
  }
  const lines = [...groups.values()].map(({ decide, alike }) => {
    const said = [...alike.values()].map(([...sentences]) => {
      const more = sentences.length === 1 ? '' : ` (and ${sentences.length - 1} more like it)`;
      return `${sentences[0] ?? ''}${more}`;
    });
    const how = decide === '' ? '' : ` ${dim(`→ ${printableLine(decide)}`)}`;
    return `  ${yellow(printableLine(said.join('; ')))}${how}\n`;
  });
  const left = lines.length - most;
  const rest = left <= 0 ? '' : `  ${dim(`and ${left} more (--all lists them)`)}\n`;
  return `${lines.slice(0, most).join('')}${rest}`;
}

function withoutNames(sentence: string): string {
  return sentence.replaceAll(/`[^`]*`/g, '`');
}
