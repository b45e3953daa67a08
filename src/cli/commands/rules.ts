import type { Command } from 'commander';
import { rules } from '../../ask/rules.ts';
import { renderJson } from '../../report/json.ts';
import { renderRules } from '../../report/rules.ts';
import type { CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { addFormatOption, type TableFormat } from '../format-option.ts';
import type { Io } from '../io.ts';
import { paintFor } from '../terminal.ts';

/** `k8sec rules` */
export function define(command: Command, { io, action }: CommandContext): void {
  addFormatOption(command).action(
    action((options: { readonly format: TableFormat }) => Promise.resolve(list(options.format, io))),
  );
}

function list(format: TableFormat, io: Io): ExitCode {
  const answer = rules();
  io.stdout.write(format === 'json' ? renderJson(answer) : renderRules(answer, paintFor(io.stdout, io)));
  return 0;
}
