import { VERSION } from '../version.ts';
import type { Program } from './program-entry.ts';

/** Runs the command line of this process. What asks only for the version is answered without loading anything else. */
export async function start(load: () => Program | Promise<Program>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    process.stdout.write(`${VERSION}\n`);
    return;
  }
  const { runProgram, processIo } = await load();
  process.once('exit', explainEnd);
  process.exitCode = await runProgram(args, processIo());
  process.off('exit', explainEnd);
}

/** A configuration that is a script may end the process, or wait for what never comes: neither may pass for a clean run. */
function explainEnd(): void {
  if (process.exitCode === 2) return;
  process.exitCode = 2;
  process.stderr.write(
    'error: the process ended before all manifests were checked; does a configuration file exit the process?\n',
  );
}
