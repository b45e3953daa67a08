import { resolvePlace } from '../lint/place.ts';
import type { PlaceValue, ReasonValue } from '../ask/reason-value.ts';
import type { Reason } from '../engines/verdict.ts';
import { lineColumn } from '../text/position.ts';
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
export function saidPlace({ origin, file = '', start }: Partial<PlaceValue> & Pick<ReasonValue, 'origin'>): string {
  if (origin !== undefined || start === undefined) return printableLine(origin ?? file);
  return `${printableLine(file)}:${start.line}:${start.column}`;
}

/** A deciding object on one line: where it stands, or that it stands nowhere and why it exists, then what it contributed. */
export function reasonLine({ object, path, sentence }: Reason, { cyan, dim }: Paint): string {
  const said = printableLine(sentence);
  if ('implicit' in object) {
    return `${cyan(printableLine(`${object.kind} ${object.name}`))} ${dim(`(${printableLine(object.origin)})`)} ${said}`;
  }
  return `${cyan(reasonPlace({ object, path }))} ${said}`;
}

/** `rbac.yaml:12:3`; for an object without a manifest where it comes from. */
export function reasonPlace({ object, path }: Pick<Reason, 'object' | 'path'>): string {
  if ('implicit' in object) return printableLine(object.origin);
  const { file, span } = resolvePlace(path.length === 0 ? object : { object, path });
  const { line, column } = lineColumn(file, span.start);
  return `${printableLine(file.path)}:${line}:${column}`;
}
