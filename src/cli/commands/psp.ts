import type { Command } from 'commander';
import type { CommandContext } from '../command.ts';
import { defineExplain } from './psp/psp-explain.ts';
import { defineMatrix } from './psp/psp-matrix.ts';
import { defineMigrate } from './psp/psp-migrate.ts';

/** `k8sec psp matrix`, `k8sec psp explain` and `k8sec psp migrate`: each file declares its own options. */
export function define(command: Command, context: CommandContext): void {
  defineMatrix(command, context);
  defineExplain(command, context);
  defineMigrate(command, context);
}
