import type { Command } from 'commander';
import type { CommandContext } from '../command.ts';
import { addInputOptions } from '../input-options.ts';
import { parseTableFormat } from '../table-format.ts';
import { showExplanation } from './psp/psp-explain.ts';
import { showMatrix } from './psp/psp-matrix.ts';
import { showMigration } from './psp/psp-migrate.ts';
import type { PspOptions } from './psp/psp-options.ts';

/** `k8sec psp matrix`, `k8sec psp explain` and `k8sec psp migrate` */
export function define(command: Command, { io, action }: CommandContext): void {
  const matrix = command
    .command('matrix')
    .description('every pod and every policy: may it be used, would it admit the pod, which one is chosen')
    .argument('[paths...]', 'manifests (default: the current directory)')
    .option('--format <format>', 'pretty or json', parseTableFormat, 'pretty')
    .option('--accounts', 'every account and every policy instead: what `can-i use podsecuritypolicy/…` answers');
  addInputOptions(matrix).action(
    action((paths: readonly string[], options: PspOptions) => showMatrix(paths, options, io)),
  );
  const explain = command
    .command('explain')
    .description('why a pod gets the policy that it gets, and what that changes in it')
    .argument('[pod]', 'NAMESPACE/NAME, KIND/NAME or NAME of a pod or workload (default: all)')
    .argument('[paths...]', 'manifests (default: the current directory)')
    .option('--format <format>', 'pretty or json', parseTableFormat, 'pretty');
  addInputOptions(explain).action(
    action((pod: string | undefined, paths: readonly string[], options: PspOptions) =>
      showExplanation(pod, paths, options, io),
    ),
  );
  const migrate = command
    .command('migrate')
    .description(
      'which Pod Security level keeps what the policies admit, where the two differ, and the labels to write',
    )
    .argument('[paths...]', 'manifests (default: the current directory)')
    .option('--format <format>', 'pretty or json', parseTableFormat, 'pretty');
  addInputOptions(migrate).action(
    action((paths: readonly string[], options: PspOptions) => showMigration(paths, options, io)),
  );
}
