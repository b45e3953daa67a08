/*
 * npx tsx scripts/conformance/sample.ts: copies every n-th case of the large suites of ../shared/conformance to fixtures/conformance, with
 * the smallest n that keeps a copy at about 300 kB. The same input gives the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const ROOT = join(import.meta.dirname, '../..');
const SUITES: Readonly<Record<string, string>> = {
  netpol: 'calico/netpol',
  calico: 'calico/calico',
  tiers: 'calico/tiers',
  anp: 'calico/anp',
  hostendpoint: 'calico/hostendpoint',
  selectors: 'calico/selectors',
  cel: 'cel/expressions',
  kustomize: 'kustomize/cases',
};
const LARGEST = 310_000;

for (const [suite, source] of Object.entries(SUITES)) {
  const packed = readFileSync(join(ROOT, '../shared/conformance', `${source}.jsonl.gz`));
  const lines = gunzipSync(packed)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  let every = Math.max(1, Math.floor(packed.length / LARGEST));
  let sample = sampleOf(lines, every);
  while (sample.length > LARGEST) sample = sampleOf(lines, ++every);
  writeFileSync(join(ROOT, 'fixtures/conformance', `${suite}.jsonl.gz`), sample);
  console.log(`${suite}: every ${every}. of ${lines.length} cases, ${sample.length} bytes`);
}

function sampleOf(lines: readonly string[], every: number): Buffer {
  const kept = lines.filter((_, index) => index % every === 0);
  return gzipSync(kept.map((line) => `${line}\n`).join(''), { level: 9 });
}
