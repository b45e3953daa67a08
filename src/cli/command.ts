import type { Command } from 'commander';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';

/** What a command is given to define itself with. */
export interface CommandContext {
  readonly io: Io;
  /** Wraps what a command does, so that the exit code it answers becomes the program's. */
  readonly action: <Args extends unknown[]>(
    run: (...args: Args) => Promise<ExitCode>,
  ) => (...args: Args) => Promise<void>;
}

/** One file of commands/: adds arguments, options and action to the command that bears its name. */
export interface CommandModule {
  readonly define: (command: Command, context: CommandContext) => void;
}

/** A command in the list of all: what help says about it, and where the rest is, loaded only when it is called. */
export interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}
