// Says where in the sources the lines of a stack trace are, which the shipped program prints when it crashes: its identifiers are shortened.
//   node scripts/locate-trace.mjs < trace      in a checkout of the version that crashed
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { commandLine } from './build-options.mjs';

process.chdir(join(import.meta.dirname, '..'));
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const { outputFiles } = await build({
  ...commandLine(Object.keys(dependencies)),
  sourcemap: 'external',
  sourcesContent: false,
  write: false,
});
const map = outputFiles.find(({ path }) => path.endsWith('program.cjs.map'));
if (map === undefined) throw new Error('esbuild made no source map of the program');
const sources = new SourceMap(JSON.parse(map.text));
for (const line of readFileSync(0, 'utf8').trimEnd().split('\n')) {
  console.log(line.replace(/[^\s(]*program\.cjs:(\d+):(\d+)/, located));
}

function located(place, line, column) {
  const { fileName, lineNumber, columnNumber } = sources.findOrigin(Number(line), Number(column));
  return fileName === undefined ? place : `${join('dist', fileName)}:${lineNumber}:${columnNumber}`;
}
