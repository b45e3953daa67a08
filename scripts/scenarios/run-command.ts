import { spawnSync } from 'node:child_process';
import type { Io, Output } from '../../src/cli/io.ts';
import { runProgram } from '../../src/cli/program.ts';

/**
 * Runs `[something |] k8sec ARGUMENTS` in a directory: what stands before the last pipe through the shell, k8sec in this process, as
 * on a pipe (no colours, no progress). Arguments are split at blanks; quotes keep blanks inside.
 */
export async function runCommand(command: string, cwd: string): Promise<string> {
  const [, feed = '', line = ''] = /^(?:(.*) \| )?k8sec (.*)$/.exec(command) ?? [];
  if (line === '') throw new Error(`not a k8sec command: ${command}`);
  const stdin = feed === '' ? new Uint8Array() : spawnSync('sh', ['-c', feed], { cwd }).stdout;
  let printed = '';
  const output: Output = {
    write: (text) => {
      printed += text;
    },
    isTTY: false,
    columns: undefined,
  };
  const io: Io = { stdout: output, stderr: output, stdin: () => stdin, cwd, env: {}, now: () => 0 };
  await runProgram(splitWords(line), io);
  return printed;
}

function splitWords(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)].map((match) => match[1] ?? match[2] ?? match[0]);
}
