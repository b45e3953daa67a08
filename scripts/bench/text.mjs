import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { readDocuments } from '../../src/text/read.ts';

/*
 * tsx scripts/bench/scripts/bench/text.mjs FOLDER [js-yaml|ours] [ROUNDS]: how long reading every file of a folder takes, beside js-yaml's loadAll in the
 * same run. Times are the process's own (user CPU), since a busy machine says little by the clock.
 */
const [folder = '.', only = '', rounds = '4'] = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const megabytes = files.reduce((sum, { text }) => sum + text.length, 0) / 1e6;
process.stdout.write(`${files.length} files, ${megabytes.toFixed(1)} MB\n`);

function measure(name, read) {
  const before = process.cpuUsage().user;
  const kept = read();
  const milliseconds = (process.cpuUsage().user - before) / 1000;
  const heap = process.memoryUsage().heapUsed / 1e6;
  process.stdout.write(`${name.padEnd(8)} ${milliseconds.toFixed(0).padStart(5)} ms  heap ${heap.toFixed(0)} MB\n`);
  if (kept === undefined) throw new Error('nothing was read');
}

function loadWithJsYaml(text) {
  try {
    return loadAll(text);
  } catch {
    return undefined;
  }
}

for (let round = 0; round < Number(rounds); round++) {
  if (only !== 'ours') measure('js-yaml', () => files.map(({ text }) => loadWithJsYaml(text)));
  if (only !== 'js-yaml') measure('ours', () => files.map((file) => readDocuments(file)));
}
