import { join } from 'node:path';
import { compileProgram } from './load-program.ts';
import { start as startProgram } from './start.ts';

/** Runs the command line of this process from the built program; bundled into dist/cli.cjs, which bin/k8sec.js starts. */
export function start(): Promise<void> {
  return startProgram(() => compileProgram(join(import.meta.dirname, 'program.cjs')).run());
}
