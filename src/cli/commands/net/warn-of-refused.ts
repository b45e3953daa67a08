import type { NetworkProblem } from '../../../engines/net/model/network-of.ts';
import { problemLine } from '../../../report/net/net-flow.ts';
import type { Io } from '../../io.ts';

/** A policy that is refused looks as if it counted: say that it does not. */
export function warnOfRefused(problems: readonly NetworkProblem[], io: Io): void {
  for (const problem of problems) io.stderr.write(`Warning: ${problemLine(problem)}\n`);
}
