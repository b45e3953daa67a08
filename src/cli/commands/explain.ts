import type { Command } from 'commander';
import { renderPage } from '../../report/page.ts';
import type { CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { ruleNamed } from '../rule-named.ts';
import { paintFor } from '../terminal.ts';

/** `k8sec explain RULE` */
export function define(command: Command, { io, action }: CommandContext): void {
  command.argument('<rule>', 'its id: psp/pod-forbidden').action(action((name: string) => explain(name, io)));
}

async function explain(name: string, io: Io): Promise<ExitCode> {
  const rule = ruleNamed(name);
  const { rulePages } = await import('../../lint/data/rule-pages.ts');
  io.stdout.write(renderPage(rulePages[rule.id] ?? `# ${rule.id}\n\n${rule.summary}\n`, paintFor(io.stdout, io)));
  return 0;
}
