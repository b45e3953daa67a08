import type { Command } from 'commander';
import { explain } from '../../node/rule-page.ts';
import { renderPage } from '../../report/page.ts';
import type { CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { paintFor } from '../terminal.ts';

/** `k8sec explain RULE` */
export function define(command: Command, { io, action }: CommandContext): void {
  command
    .argument('<rule>', 'rule id, for example psp/pod-forbidden')
    .action(action((name: string) => Promise.resolve(show(name, io))));
}

function show(name: string, io: Io): ExitCode {
  io.stdout.write(renderPage(explain(name).page, paintFor(io.stdout, io)));
  return 0;
}
