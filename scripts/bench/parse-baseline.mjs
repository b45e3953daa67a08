// The baseline that lint times are placed beside: reads the YAML files below a folder and parses them with js-yaml, nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';

let bytes = 0;
let documents = 0;
for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(?:ya?ml|json)$/.test(entry.name)) continue;
  const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
  bytes += text.length;
  try {
    documents += loadAll(text).length;
  } catch {
    // A file that js-yaml cannot read costs what it cost up to there; the baseline is about time, not about answers.
  }
}
process.stdout.write(`${String(bytes)} ${String(documents)}\n`);
