import type { Command } from 'commander';
import type { CommandContext } from '../../command.ts';
import { defineDiff } from './diff.ts';
import { defineExposure } from './exposure.ts';
import { defineFlow } from './flow.ts';
import { defineList } from './list.ts';
import { defineMatrix } from './matrix.ts';

/** `k8sec net flow`, `explain`, `list`, `matrix`, `exposure` and `diff`: each file declares its own options. */
export function define(command: Command, context: CommandContext): void {
  defineFlow(command, context);
  defineList(command, context);
  defineMatrix(command, context);
  defineExposure(command, context);
  defineDiff(command, context);
}
