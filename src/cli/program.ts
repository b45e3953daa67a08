import { Command, CommanderError } from 'commander';
import { UserError } from '../ask/values/usage-error.ts';
import { printableLine } from '../report/printable.ts';
import { VERSION } from '../version.ts';
import type { CommandContext } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';

/**
 * Runs one command line (without `node` and the script) and answers the exit code. Never throws: an error that the user can fix is a line
 * and a hint (2), anything else is our bug (3) and says so.
 */
export async function runProgram(args: readonly string[], io: Io): Promise<ExitCode> {
  let exit: ExitCode = 0;
  const context: CommandContext = {
    io,
    action:
      (run) =>
      async (...given) => {
        exit = await run(...given);
      },
  };
  try {
    const program = await defineProgram(args, context);
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (error) {
    return explainFailure(error, args, io);
  }
}

/** Only the command that is called is loaded; of the others, help needs no more than the summary. */
async function defineProgram(args: readonly string[], context: CommandContext): Promise<Command> {
  const program = new Command('k8sec');
  program
    .description("A cluster's security decisions, computed offline from its manifests.")
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .configureHelp({ showGlobalOptions: false })
    .showSuggestionAfterError()
    // What follows a subcommand is its own, also where the command above it has an option of that name.
    .enablePositionalOptions()
    .exitOverride();
  configureStreams(program, context.io);
  const called = calledCommand(args);
  for (const [name, entry] of Object.entries(COMMANDS)) {
    const command = program.command(name).description(entry.summary);
    if (name === called) (await entry.load()).define(command, context);
  }
  return program;
}

/** The first argument that is no option; `help lint` calls lint too, for its help. */
function calledCommand(args: readonly string[]): string | undefined {
  const [first, second] = args.filter((arg) => !arg.startsWith('-'));
  return first === 'help' ? second : first;
}

function configureStreams(program: Command, io: Io): void {
  program.configureOutput({
    writeOut: (text) => {
      io.stdout.write(text);
    },
    writeErr: (text) => {
      io.stderr.write(text);
    },
    getOutHelpWidth: () => io.stdout.columns ?? 100,
    getErrHelpWidth: () => io.stderr.columns ?? 100,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
}

function explainFailure(error: unknown, args: readonly string[], io: Io): ExitCode {
  // Commander has printed what it has to say: help and version are answers, the rest are mistakes.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UserError) {
    // Names of files and keys of configurations are not ours: they must not speak to the terminal.
    io.stderr.write(`error: ${printableLine(error.message)}\n`);
    if (error.hint !== undefined) io.stderr.write(`hint: ${printableLine(error.hint)}\n`);
    return 2;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(`internal error: this is a bug in k8sec ${VERSION}; do not trust any output printed before\n`);
  io.stderr.write(`command: k8sec ${args.join(' ')}\n${stack}\n`);
  return 3;
}
