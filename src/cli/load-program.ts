import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { constants, Script } from 'node:vm';
import { tuneV8 } from './tune-v8.ts';
import type { Program } from './program-entry.ts';

/** The program as one script, not yet run. */
export interface CompiledProgram {
  readonly script: Script;
  /** Where the compiled code of the script belongs. */
  readonly codePath: string;
  readonly run: () => Program;
}

const HEAD = '(function (exports, require, module, __filename, __dirname) {';

/**
 * Compiles the program, with the help of the file of compiled code beside it (docs/decisions/034). V8 takes that file only for the script, version
 * and flags that it was made with; otherwise it compiles as usual, so that the file saves time and decides nothing.
 */
export function compileProgram(path: string): CompiledProgram {
  // A flag of V8 is among what compiled code depends on.
  tuneV8();
  const codePath = `${path}.code`;
  // The bundler escapes what is not ASCII.
  const source = readFileSync(path, 'latin1');
  const script = new Script(`${HEAD}${source}\n})`, {
    filename: path,
    // A stack trace names the columns of the file.
    columnOffset: -HEAD.length,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(existsSync(codePath) ? { cachedData: readFileSync(codePath) } : {}),
  });
  return { script, codePath, run: () => runScript(script, path) };
}

function runScript(script: Script, path: string): Program {
  const module: { exports: unknown } = { exports: {} };
  const run = script.runInThisContext() as (...names: unknown[]) => void;
  run(module.exports, createRequire(path), module, path, dirname(path));
  return module.exports as Program;
}
