import type { Command } from 'commander';
import { UsageError } from '../ask/values/usage-error.ts';

/** How a command that answers with a table shows it. */
export type TableFormat = 'pretty' | 'json';

const TABLE_FORMATS: readonly TableFormat[] = ['pretty', 'json'];
const FLAGS = '-f, --format <format>';

/** Declares `--format` of a command that knows some formats; the first is the default, `table` another name of `pretty`. */
export function addFormatOption(command: Command, formats: readonly string[] = TABLE_FORMATS, flags = FLAGS): Command {
  const parse = (text: string): string => {
    const name = text === 'table' ? 'pretty' : text;
    if (formats.includes(name)) return name;
    throw new UsageError(`unknown format \`${text}\``, listed(formats));
  };
  return command.option(flags, listed(formats), parse, formats[0]);
}

/** The same without a short form: what asks about an action takes `-f` as kubectl does, for manifests. */
export function addLongFormatOption(command: Command): Command {
  return addFormatOption(command, TABLE_FORMATS, '--format <format>');
}

function listed(formats: readonly string[]): string {
  return `${formats.slice(0, -1).join(', ')} or ${formats.at(-1) ?? ''}`;
}
