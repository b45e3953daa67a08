import { resolvePlace } from '../lint/place.ts';
import type { Reason } from '../engines/verdict.ts';
import { lineColumn } from '../text/position.ts';
import type { Paint } from './paint.ts';
import { printableLine } from './printable.ts';

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

/** A reason as reports of a machine hold it. */
export function reasonValue({ object, path, sentence }: Reason) {
  const implicit = 'implicit' in object;
  return {
    kind: object.kind,
    ...(object.namespace === '' ? {} : { namespace: object.namespace }),
    name: object.name,
    ...(implicit ? { origin: object.origin } : positionValue({ object, path })),
    sentence,
  };
}

function positionValue({ object, path }: Pick<Reason, 'object' | 'path'>) {
  if ('implicit' in object) return {};
  const { file, span } = resolvePlace(path.length === 0 ? object : { object, path });
  return { file: file.path, start: lineColumn(file, span.start) };
}
