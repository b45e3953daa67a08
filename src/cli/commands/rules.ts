import type { Command } from 'commander';
import { rules } from '../../../rules/index.ts';
import { renderTable } from '../../report/table.ts';
import type { CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { parseTableFormat, type TableFormat } from '../table-format.ts';
import { paintFor } from '../terminal.ts';

/** `k8sec rules` */
export function define(command: Command, { io, action }: CommandContext): void {
  command
    .option('--format <format>', 'pretty or json', parseTableFormat, 'pretty')
    .action(action((options: { readonly format: TableFormat }) => Promise.resolve(list(options.format, io))));
}

function list(format: TableFormat, io: Io): ExitCode {
  if (format === 'json') {
    const listed = rules.map(({ id, severity, precision, stage, since, tags, summary }) => ({
      id,
      severity,
      precision,
      stage,
      since,
      tags,
      summary,
    }));
    io.stdout.write(`${JSON.stringify({ version: 1, rules: listed }, null, 2)}\n`);
    return 0;
  }
  const { bold, red, yellow, cyan } = paintFor(io.stdout, io);
  const colours = { error: red, warning: yellow, info: cyan };
  const header = ['RULE', 'SEVERITY', 'WHAT IT REQUIRES'].map((text) => ({ text, paint: bold }));
  const rows = rules.map(({ id, severity, stage, summary }) => [
    { text: id },
    stage === 'preview' ? { text: 'off' } : { text: severity, paint: colours[severity] },
    { text: summary },
  ]);
  io.stdout.write(renderTable(header, rows));
  return 0;
}
