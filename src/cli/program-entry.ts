import { processIo } from './process-io.ts';
import { runProgram } from './program.ts';

export { processIo, runProgram };

/** What start.ts needs of the program; the module is bundled into dist/program.cjs. */
export interface Program {
  readonly processIo: typeof processIo;
  readonly runProgram: typeof runProgram;
}
