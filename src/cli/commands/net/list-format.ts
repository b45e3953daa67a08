import { UsageError } from '../../../node/errors.ts';

/** How `net list` shows what it found. */
export type ListFormat = 'pretty' | 'json' | 'csv';

/** Reads its --format. */
export function parseListFormat(text: string): ListFormat {
  if (text === 'pretty' || text === 'json' || text === 'csv') return text;
  throw new UsageError(`there is no format \`${text}\``, 'pretty, json or csv');
}
