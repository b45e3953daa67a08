import type { Command } from 'commander';
import { UsageError } from '../../../ask/values/usage-error.ts';

/** Declares `--format` of a command that knows some formats; the first is the default, `table` another name of `pretty`. */
export function addFormatOption(command: Command, formats: readonly string[]): Command {
  const parse = (text: string): string => {
    const name = text === 'table' ? 'pretty' : text;
    if (formats.includes(name)) return name;
    throw new UsageError(`unknown format \`${text}\``, listed(formats));
  };
  return command.option('-f, --format <format>', listed(formats), parse, formats[0]);
}

function listed(formats: readonly string[]): string {
  return `${formats.slice(0, -1).join(', ')} or ${formats.at(-1) ?? ''}`;
}
