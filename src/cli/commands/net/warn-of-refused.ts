import type { RefusedValue } from '../../../ask/net/refused.ts';
import { refusedLine } from '../../../report/net/net-flow.ts';
import type { Io } from '../../io.ts';

/** A refused policy has no effect, although it reads as if it had: warn of it. */
export function warnOfRefused(refused: readonly RefusedValue[], io: Io): void {
  for (const each of refused) io.stderr.write(`Warning: ${refusedLine(each)}\n`);
}
