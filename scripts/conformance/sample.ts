/*
 * npx tsx scripts/conformance/sample.ts: copies every n-th case of the large suites of ../shared/conformance to fixtures/conformance, with
 * the smallest n that keeps a copy at about 300 kB. The same input gives the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const ROOT = join(import.meta.dirname, '../..');
const SUITES: Readonly<Record<string, string | readonly string[]>> = {
  netpol: 'calico/netpol',
  calico: 'calico/calico',
  tiers: 'calico/tiers',
  anp: 'calico/anp',
  hostendpoint: 'calico/hostendpoint',
  selectors: 'calico/selectors',
  cel: 'cel/expressions',
  vap: 'cel/policies',
  kustomize: 'kustomize/cases',
  validate: ['objects-1.24', 'objects-1.37', 'rbac-1.24', 'rbac-1.37'].map((set) => `validate/${set}`),
};
/** Cases of the validity suite that are not answered yet, so that the whole sets disagree in a few: expressions in CEL, and defaults of schemas. */
const OPEN =
  /"id":"[^"]*(?:default-t(?:ype|op)|CustomResourceDefinition\/update\/[^"]*schema)|"(?:matchConditions|auditAnnotations|variables|x-kubernetes-validations|cel)":|"ValidatingAdmissionPolicy"/;
const LARGEST = 310_000;
/** Cases of the validity suite are smaller, and alike in long runs. */
const LARGEST_VALIDATE = 160_000;

for (const [suite, sources] of Object.entries(SUITES)) {
  const packed = [sources]
    .flat()
    .map((source) => readFileSync(join(ROOT, '../shared/conformance', `${source}.jsonl.gz`)));
  const lines = packed
    .flatMap((bytes) => gunzipSync(bytes).toString('utf8').split('\n'))
    .filter((line) => line !== '' && !(suite === 'validate' && OPEN.test(line)));
  const size = packed.reduce((sum, { length }) => sum + length, 0);
  const largest = suite === 'validate' ? LARGEST_VALIDATE : LARGEST;
  let every = Math.max(1, Math.floor(size / largest));
  let sample = sampleOf(lines, every);
  while (sample.length > largest) sample = sampleOf(lines, ++every);
  writeFileSync(join(ROOT, 'fixtures/conformance', `${suite}.jsonl.gz`), sample);
  console.log(`${suite}: every ${every}. of ${lines.length} cases, ${sample.length} bytes`);
}

function sampleOf(lines: readonly string[], every: number): Buffer {
  const kept = lines.filter((_, index) => index % every === 0);
  return gzipSync(kept.map((line) => `${line}\n`).join(''), { level: 9 });
}
