/*
 * npm run conformance [-- [--whole] SUITE...]: replays the answers of the real code and says how many we agree with. Reads fixtures/conformance/, and
 * where ../shared is there, its sets too: the large ones (of which fixtures/ holds a sample) only with --whole. Exit 1 unless every case agrees; the last line counts the cases.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseExactly, SUITES } from './conformance/agreement.ts';

const ROOT = join(import.meta.dirname, '..');
const SHARED = join(ROOT, '../shared/conformance');
const SETS: Readonly<Record<string, string | readonly string[]>> = {
  psp: 'admission/psp.jsonl.gz',
  rbac: 'admission/rbac.jsonl.gz',
  mixed: 'admission/mixed.jsonl.gz',
  psa: 'psa/cases.jsonl.gz',
  yaml: 'yaml/cases.jsonl.gz',
  netpol: 'calico/netpol.jsonl.gz',
  calico: 'calico/calico.jsonl.gz',
  tiers: 'calico/tiers.jsonl.gz',
  anp: 'calico/anp.jsonl.gz',
  hostendpoint: 'calico/hostendpoint.jsonl.gz',
  selectors: 'calico/selectors.jsonl.gz',
  cel: 'cel/expressions.jsonl.gz',
  vap: 'cel/policies.jsonl.gz',
  kustomize: 'kustomize/cases.jsonl.gz',
  validate: ['objects-1.24', 'objects-1.37', 'rbac-1.24', 'rbac-1.37'].map((set) => `validate/${set}.jsonl.gz`),
};
/** Sets beside those, of which fixtures/ holds nothing: other people's trees. */
const MORE: Readonly<Record<string, string>> = { kustomize: 'kustomize/real.jsonl.gz' };
/** Sets of which fixtures/ holds a sample; they take minutes together, or hold cases that are not answered yet. */
const LARGE = ['calico/', 'cel/', 'validate/'];
const SHOWN = 5;

interface Vector {
  readonly case: { readonly id: string; readonly unstable?: boolean };
  readonly verdict: Readonly<Record<string, unknown>>;
}

/** Answers a case, of which it may read the text where a JavaScript number is not enough. */
type Answer = (input: unknown, text: string) => object | string;

const isWhole = process.argv.includes('--whole');
const asked = process.argv.slice(2).filter((argument) => argument !== '--whole');
let passed = 0;
let failed = 0;
for (const [suite, shared] of Object.entries(SETS)) {
  if (asked.length > 0 && !asked.includes(suite)) continue;
  const own = readFileSync(join(ROOT, 'fixtures/conformance', `${suite}.jsonl.gz`));
  await replay(suite, `fixtures/conformance/${suite}`, own);
  const more = MORE[suite];
  if (more !== undefined && existsSync(join(SHARED, more)))
    await replay(suite, `../shared/conformance/${more}`, readFileSync(join(SHARED, more)));
  for (const set of [shared].flat()) await replayWhole(suite, set, own);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function replayWhole(suite: string, set: string, own: Buffer): Promise<void> {
  const whole = join(SHARED, set);
  if (!existsSync(whole)) {
    console.log(`${suite}: ../shared is absent; the copy in fixtures/conformance was replayed`);
    return;
  }
  if (readFileSync(whole).equals(own) || sameLines(readFileSync(whole), own)) return;
  if (LARGE.some((folder) => set.startsWith(folder)) && !isWhole)
    console.log(`${suite}: this was a sample of ../shared; --whole replays all of it`);
  else await replay(suite, `../shared/conformance/${set}`, readFileSync(whole));
}

/** The same cases may be packed differently. */
function sameLines(a: Buffer, b: Buffer): boolean {
  return gunzipSync(a).equals(gunzipSync(b));
}

async function replay(suite: string, name: string, packed: Buffer): Promise<void> {
  const started = performance.now();
  const { answer } = (await import(`./replay/${suite}.ts`)) as { answer: Answer };
  const wrong = new Map<string, number>();
  let agreeing = 0;
  let disagreeing = 0;
  for (const line of gunzipSync(packed).toString('utf8').split('\n')) {
    if (line === '') continue;
    const vector = JSON.parse(line) as Vector;
    if (vector.case.unstable === true || vector.verdict.unstable === true) continue;
    const fields = disagreements(suite, line, answerOrCrash(answer, vector.case, caseText(line)));
    for (const field of fields) wrong.set(field, (wrong.get(field) ?? 0) + 1);
    if (fields.length === 0) agreeing++;
    else if (disagreeing++ < SHOWN) console.log(`  ${vector.case.id} differs in ${fields.join(', ')}`);
  }
  for (const [field, count] of wrong) console.log(`  ${count} cases differ in ${field}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name}: ${agreeing} of ${agreeing + disagreeing} agree, ${seconds} s`);
  passed += agreeing;
  failed += disagreeing;
}

/** The text of the case in a line, without the verdict. */
function caseText(line: string): string {
  const start = line.indexOf(':') + 1;
  let depth = 0;
  for (const token of line.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token[0] === '{') depth++;
    else if (token[0] === '}' && --depth === 0) return line.slice(start, start + token.index + 1);
  }
  return '';
}

function answerOrCrash(answer: Answer, input: unknown, text: string): object | string {
  try {
    return answer(input, text);
  } catch (error) {
    return { crashed: String(error) };
  }
}

function disagreements(suite: string, line: string, ours: object | string): string[] {
  const { verdict } = parseExactly(line) as Vector;
  const answered = parseExactly(typeof ours === 'string' ? ours : JSON.stringify(ours)) as Vector['verdict'];
  if ('crashed' in answered) return [`crash: ${String(answered.crashed)}`];
  const comparisons = SUITES[suite]?.(verdict, answered) ?? [];
  return [...new Set(comparisons.filter(([, agrees]) => !agrees).map(([field]) => field))];
}
