// Writes dist/program.cjs.code: V8's compiled code of the built program, with the functions that a lint uses. The
// program is run on an included example in this process, with what it prints thrown away; what V8 then has compiled goes into the file.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileProgram } from '../dist/compile.cjs';

const root = join(import.meta.dirname, '..');
const path = join(root, 'dist/program.cjs');
// The loader reads one byte a character, which V8 then keeps as it is.
if (readFileSync(path).some((byte) => byte > 0x7f))
  throw new Error('dist/program.cjs is not ASCII: escape characters of regular expressions (\\u2026)');
rmSync(`${path}.code`, { force: true });
const { script, codePath, run } = compileProgram(path);
const { runProgram } = run();
const silent = { write: () => undefined, isTTY: false, columns: undefined };
const io = { stdout: silent, stderr: silent, stdin: () => Promise.resolve(''), cwd: root, env: {}, now: () => 0 };
const exit = await runProgram(['lint', 'fixtures/scenarios/psp-tutorial'], io);
if (exit !== 1) throw new Error(`k8sec lint of the example exits ${exit}`);
writeFileSync(codePath, script.createCachedData());
