import { compareBytes } from '../../lang/byte-order.ts';
import type { ForbiddenField } from './check.ts';

/** `"a", "b"`: in quotes, not escaped. */
export function joinQuoted(items: readonly string[]): string {
  return items.map((item) => `"${item}"`).join(', ');
}

/** One word for one, another for any other number. */
export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

/** `container "a"`, `containers "a", "b"`. */
export function containerClause(names: readonly string[]): string {
  return `${plural(names.length, 'container', 'containers')} ${joinQuoted(names)}`;
}

/** Each different text once, in the order of their bytes. */
export function sortedSet(texts: Iterable<string>): readonly string[] {
  return [...new Set(texts)].sort(compareBytes);
}

/** The different values of fields as text, sorted; one that is not set is an empty string, as in Go. */
export function valueTexts(fields: readonly ForbiddenField[]): readonly string[] {
  return sortedSet(fields.map(({ value = '' }) => (typeof value === 'string' ? value : JSON.stringify(value))));
}
