import type { PlaceValue, ReasonValue } from '../ask/values/reason-value.ts';
import type { Paint } from './paint.ts';
import { printableLine } from './printable.ts';

/** A deciding object on one line: where it stands, or that it stands nowhere and why it exists, then what it contributed. */
export function saidLine(reason: ReasonValue, { cyan, dim }: Paint): string {
  const { kind, name, origin, sentence } = reason;
  const said = printableLine(sentence);
  if (origin !== undefined)
    return `${cyan(printableLine(`${kind} ${name}`))} ${dim(`(${printableLine(origin)})`)} ${said}`;
  return `${cyan(saidPlace(reason))} ${said}`;
}

/** `rbac.yaml:12:3`; for an object without a manifest where it comes from. */
export function saidPlace({
  origin,
  file = '',
  start,
}: Partial<PlaceValue> & Partial<Pick<ReasonValue, 'origin'>>): string {
  if (origin !== undefined || start === undefined) return printableLine(origin ?? file);
  return `${printableLine(file)}:${start.line}:${start.column}`;
}
