// npm test: the checks that belong to every change, two at a time, in less than five minutes of processor time. CI runs the long ones too. Each step
// is printed with its time, and its output where it failed. The last line counts what really ran: tests, conformance cases and the other steps.
//   node scripts/test.mjs             npm test
//   node scripts/test.mjs --all       what CI runs
//   node scripts/test.mjs STEP...     only these steps
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.chdir(join(import.meta.dirname, '..'));
const scratch = mkdtempSync(join(tmpdir(), 'k8sec-test-'));
const vitestReport = join(scratch, 'vitest.json');
const bin = (path) => `node_modules/${path}`;

/**
 * Longest first, so that two lanes end together. `count` reads how much a step tested; without it the step counts as one. What `isLong` runs with
 * --all only: what a change of the code rarely breaks, and CI finds. What `packs` writes dist/ anew, so that two of these never run at the same time.
 */
const STEPS = [
  {
    name: 'tests',
    args: [
      bin('vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestReport}`,
    ],
    count: () => {
      const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(vitestReport, 'utf8'));
      // A file that does not even load has no tests to count, and is a failure.
      return { passed: numPassedTests, failed: numFailedTests === 0 ? numFailedTestSuites : numFailedTests };
    },
  },
  { name: 'eslint', args: [bin('eslint/bin/eslint.js'), '.', '--max-warnings=0'] },
  {
    name: 'conformance',
    isLong: true,
    args: [bin('tsx/dist/cli.mjs'), 'scripts/conformance.ts'],
    count: lastLine,
  },
  {
    name: 'overlays',
    isLong: true,
    args: [bin('tsx/dist/cli.mjs'), 'scripts/overlays.ts'],
    count: lastLine,
  },
  { name: 'consumers', isLong: true, packs: true, args: ['scripts/consumers/main.mjs'], count: lastLine },
  { name: 'package from git', isLong: true, args: ['scripts/check-package.mjs', '--git'] },
  { name: 'package', isLong: true, packs: true, args: ['scripts/check-package.mjs'] },
  { name: 'types', args: [bin('typescript/bin/tsc'), '-p', '.'] },
  { name: 'types of the pure core', isLong: true, args: [bin('typescript/bin/tsc'), '-p', 'tsconfig.core.json'] },
  { name: 'prettier', isLong: true, args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  {
    name: 'import directions',
    args: [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.mjs', 'src', 'rules'],
  },
  { name: 'unused code', args: [bin('knip/bin/knip.js')] },
  { name: 'generated files', args: [bin('tsx/dist/cli.mjs'), 'scripts/gen.ts', '--check'] },
];

const wantsAll = process.argv.includes('--all');
const asked = process.argv.slice(2).filter((argument) => argument !== '--all');
const unknown = asked.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`no step ${unknown.join(', ')}; there are: ${STEPS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const waiting = STEPS.filter(({ name, isLong = false }) =>
  asked.length === 0 ? wantsAll || !isLong : asked.includes(name),
);
if (waiting.some(({ name }) => name === 'conformance') && !existsSync('../shared'))
  console.log('../shared is absent: conformance replays the copies in fixtures/conformance');
let passed = 0;
let failed = 0;
let isPacking = false;
/** A lane that finds only what must wait for the other lane ends; the other takes it. */
const lane = async () => {
  for (let step = nextStep(); step !== undefined; step = nextStep()) {
    if (step.packs) isPacking = true;
    await run(step);
    if (step.packs) isPacking = false;
  }
};
await Promise.all([lane(), lane()]);
rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function nextStep() {
  const index = waiting.findIndex(({ packs = false }) => !packs || !isPacking);
  return index === -1 ? undefined : waiting.splice(index, 1)[0];
}

async function run({ name, args, count }) {
  const started = performance.now();
  const { code, output } = await execute(args);
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  const tally = counted(code, output, count);
  passed += tally.passed;
  failed += tally.failed;
  const counts = count === undefined ? '' : `  ${tally.passed} passed, ${tally.failed} failed`;
  if (code !== 0) console.log(output.trimEnd());
  else for (const line of output.split('\n').filter((text) => text.startsWith('not run: '))) console.log(line);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${seconds} s  ${name}${counts}`);
}

/** What a step prints about itself at its end: `N passed, N failed`. */
function lastLine(output) {
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
  return { passed: Number(passed), failed: Number(failed) };
}

/** A step that failed without a countable failure (it crashed, or printed nothing to count) is one failure. */
function counted(code, output, count) {
  if (count === undefined) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  try {
    const { passed: good, failed: bad } = count(output);
    if (Number.isInteger(good) && Number.isInteger(bad) && (code === 0) === (bad === 0))
      return { passed: good, failed: bad };
  } catch {
    // It crashed before it had written its report.
  }
  return { passed: 0, failed: 1 };
}

function execute(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', (error) => (output += String(error)));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
