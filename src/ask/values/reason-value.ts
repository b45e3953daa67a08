import { resolvePlace } from '../../lint/finding/place.ts';
import type { Reason } from '../../engines/verdict.ts';
import { lineColumn, sourceAt } from '../../text/position.ts';
import type { LineColumn, SourceFile } from '../../text/source.ts';
import type { Span } from '../../text/tree.ts';

/** An object that decided, where it stands, and one sentence (lower case, no full stop). */
export interface ReasonValue {
  readonly kind: string;
  /** Absent for what is in no namespace. */
  readonly namespace?: string;
  readonly name: string;
  /** Why the object exists although no manifest declares it; then it has no file. */
  readonly origin?: string;
  readonly file?: string;
  /** Line and column of the deciding field, from 1. */
  readonly start?: LineColumn;
  readonly sentence: string;
}

/** A reason as plain JSON. */
export function reasonValue({ object, path, sentence }: Reason): ReasonValue {
  return {
    kind: object.kind,
    ...(object.namespace === '' ? {} : { namespace: object.namespace }),
    name: object.name,
    ...('implicit' in object ? { origin: object.origin } : placeValue({ object, path })),
    sentence,
  };
}

/** Where something stands in a manifest. */
export interface PlaceValue {
  readonly file: string;
  /** Line and column, from 1. */
  readonly start: LineColumn;
}

/** The place of a field; of the object's name where the path is empty. Nothing for an object without a manifest. */
export function placeValue({ object, path }: Pick<Reason, 'object' | 'path'>): PlaceValue | Record<string, never> {
  if ('implicit' in object) return {};
  const { file, span } = resolvePlace(path.length === 0 ? object : { object, path });
  return placeValueAt(file, span);
}

/** The place of a stretch of a file, or of a text that was put together from files. */
export function placeValueAt(whole: SourceFile, stretch: Span): PlaceValue {
  const { file, span } = sourceAt(whole, stretch);
  return { file: file.path, start: lineColumn(file, span.start) };
}
