import { spawnSync } from 'node:child_process';
import type { Io, Output } from '../../src/cli/io.ts';
import { runProgram } from '../../src/cli/program.ts';

/**
 * Runs `[something |] k8sec ARGUMENTS [| something]` in a directory: k8sec in this process, as on a pipe (no colours, no progress), what is
 * around it through the shell. Arguments are split at blanks; quotes keep blanks inside. Answers what the terminal would show.
 */
export async function runCommand(command: string, cwd: string): Promise<string> {
  const stages = command.split(' | ');
  const own = stages.findIndex((stage) => stage.startsWith('k8sec '));
  const line = stages[own];
  if (line === undefined) throw new Error(`not a k8sec command: ${command}`);
  const before = stages.slice(0, own).join(' | ');
  const after = stages.slice(own + 1).join(' | ');
  let shown = '';
  let piped = '';
  const stdin = before === '' ? new Uint8Array() : spawnSync('sh', ['-c', before], { cwd }).stdout;
  const stdout = outputTo((text) => {
    if (after === '') shown += text;
    else piped += text;
  });
  const stderr = outputTo((text) => (shown += text));
  const io: Io = { stdout, stderr, stdin: () => stdin, cwd, env: {}, now: () => 0 };
  await runProgram(splitWords(line.slice('k8sec '.length)), io);
  return after === '' ? shown : shown + spawnSync('sh', ['-c', after], { cwd, input: piped, encoding: 'utf8' }).stdout;
}

function outputTo(write: (text: string) => void): Output {
  return { write, isTTY: false, columns: undefined };
}

function splitWords(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)].map((match) => match[1] ?? match[2] ?? match[0]);
}
