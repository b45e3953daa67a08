import { UsageError } from '../ask/values/usage-error.ts';

/** How a command that answers with a table shows it. */
export type TableFormat = 'pretty' | 'json';

/** Reads --format of such a command. */
export function parseTableFormat(text: string): TableFormat {
  if (text === 'pretty' || text === 'json') return text;
  throw new UsageError(`unknown format \`${text}\``, 'pretty or json');
}
