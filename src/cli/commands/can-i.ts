import type { Command } from 'commander';
import type { UserInfo } from '../../cluster/index/cluster.ts';
import { impersonatedUser } from '../../engines/rbac/membership.ts';
import { authorize } from '../../engines/rbac/authorize.ts';
import { UsageError } from '../../ask/usage-error.ts';
import { PLAIN } from '../../report/paint.ts';
import { printableLine } from '../../report/printable.ts';
import { reasonLine } from '../../report/reasons.ts';
import type { CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { loadClusters, oneCluster } from '../load-clusters.ts';
import { addQuestionOptions, collect, questionOf, type QuestionOptions } from '../question-options.ts';

interface CanIOptions extends QuestionOptions {
  readonly as?: string;
  readonly asGroup?: readonly string[];
  readonly quiet?: boolean;
  readonly why?: boolean;
}

/** `k8sec can-i VERB TYPE[/NAME] | NONRESOURCEURL`: arguments, output and exit code of `kubectl auth can-i`. */
export function define(command: Command, { io, action }: CommandContext): void {
  command
    .argument('<verb>', 'get, list, create, use, ...')
    .argument('<resource>', 'TYPE, TYPE.GROUP, TYPE/NAME, or a URL that begins with /')
    .option('--as <user>', 'who: a user, or system:serviceaccount:NAMESPACE:NAME')
    .option('--as-group <group>', 'a group that the user is in; may be repeated', collect)
    .option('-q, --quiet', 'say nothing, only exit 0 or 1')
    .option('--why', 'say which binding and role allow it');
  addQuestionOptions(command).action(
    action((verb: string, target: string, options: CanIOptions) => canI([verb, target], options, io)),
  );
}

/** Whoever is in this group is never refused: the API server asks nobody (kube-apiserver's privileged group). */
const PRIVILEGED = ['system:masters'];

async function canI(question: readonly [string, string], options: CanIOptions, io: Io): Promise<ExitCode> {
  const cluster = oneCluster(await loadClusters(options.filename ?? [], options, io), options.cluster);
  const { name, groups } = whoAsks(options, cluster.settings.creator);
  const asked = questionOf(cluster, question, options, io);
  const verdict = authorize(cluster, { ...asked, user: name, groups }, { privilegedGroups: PRIVILEGED });
  const allowed = verdict.decision === 'allow';
  if (options.quiet !== true) {
    const reason = allowed || verdict.message === '' ? '' : ` - ${printableLine(verdict.message)}`;
    io.stdout.write(`${allowed ? 'yes' : 'no'}${reason}\n`);
  }
  if (options.why === true) for (const reason of verdict.because) io.stdout.write(`  ${reasonLine(reason, PLAIN)}\n`);
  return allowed ? 0 : 1;
}

function whoAsks({ as, asGroup = [] }: CanIOptions, creator: UserInfo | undefined): UserInfo {
  if (as !== undefined) return impersonatedUser(as, asGroup);
  if (asGroup.length > 0) throw new UsageError('--as-group needs --as');
  if (creator !== undefined) return creator;
  throw new UsageError(
    'nobody is logged in here: say who with --as',
    '--as system:serviceaccount:default:web; or set `creator` in the configuration',
  );
}
