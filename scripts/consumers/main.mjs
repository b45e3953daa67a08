// npm run consumers: programs that use k8sec as others would (fixtures/consumers), against the packed package in a folder of its own. Each is
// type-checked as TypeScript resolves packages for Node and for bundlers, and run; the page is opened in headless Chromium where one is
// installed. The last line counts them.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync, transformSync } from 'esbuild';
import { install, pack, ROOT, run } from '../package/packed.mjs';

/** The arguments of each program, how it exits, and what it prints among the rest. */
const PROGRAMS = [
  {
    name: 'list-refused-pods',
    args: ['psp-tutorial'],
    exit: 1,
    prints: ['default/nginx-as-root (Deployment): pods "nginx-as-root-'],
  },
  { name: 'gate-pull-request', args: ['old', 'new'], exit: 1, prints: ['opened: shop/web, shop/db -> shop/db'] },
  { name: 'gate-pull-request', args: ['old', 'old'], exit: 0, prints: [] },
  {
    name: 'custom-reporter',
    args: ['psp-tutorial'],
    exit: 1,
    prints: ['::error file=psp-tutorial/apps/nginx-as-root.yaml,line='],
  },
  {
    name: 'can-i-matrix',
    args: ['psp-tutorial'],
    exit: 0,
    prints: ['system:serviceaccount:kube-system:coredns\tno\tno\tyes', 'system:anonymous\tno'],
  },
];
const RESOLUTIONS = {
  NodeNext: { module: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const folder = mkdtempSync(join(tmpdir(), 'k8sec-consumers-'));
let passed = 0;
let failed = 0;
try {
  const user = install(pack(folder).tarball, join(folder, 'user'));
  cpSync(join(ROOT, 'fixtures/consumers'), user, { recursive: true });
  cpSync(join(ROOT, 'fixtures/scenarios/psp-tutorial'), join(user, 'psp-tutorial'), { recursive: true });
  for (const [name, options] of Object.entries(RESOLUTIONS))
    attempt(`types (${name})`, () => checkTypes(user, options));
  for (const program of PROGRAMS) attempt([program.name, ...program.args].join(' '), () => runProgram(user, program));
  const browser = BROWSERS.find((name) => spawnSync(name, ['--version']).status === 0);
  if (browser === undefined)
    console.log(`not run: the page for browsers, since none is installed (${BROWSERS.join(', ')})`);
  else attempt(`page in ${browser}`, () => openPage(user, browser));
} catch (error) {
  console.error(error.message);
  failed++;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function attempt(name, run) {
  try {
    run();
    console.log(`ok      ${name}`);
    passed++;
  } catch (error) {
    console.log(`FAILED  ${name}\n${error.message}`);
    failed++;
  }
}

function checkTypes(user, options) {
  const compilerOptions = {
    ...options,
    target: 'es2023',
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  };
  writeFileSync(join(user, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], user);
}

function runProgram(user, { name, args, exit, prints }) {
  const { code } = transformSync(readFileSync(join(user, `${name}.ts`), 'utf8'), { loader: 'ts', format: 'esm' });
  writeFileSync(join(user, `${name}.mjs`), code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${name}.mjs`, ...args], {
    cwd: user,
    encoding: 'utf8',
  });
  const missing = prints.filter((text) => !stdout.includes(text));
  if (status === exit && missing.length === 0) return;
  throw new Error(`exit ${status}, expected ${exit}; not printed: ${missing.join(' | ')}\n${stdout}${stderr}`);
}

/** What the page shows once its program has run. */
function openPage(user, browser) {
  buildSync({
    entryPoints: [join(user, 'page.ts')],
    outfile: join(user, 'page.js'),
    bundle: true,
    format: 'iife',
    platform: 'browser',
  });
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--virtual-time-budget=10000',
    `--user-data-dir=${join(folder, 'profile')}`,
  ];
  const url = pathToFileURL(join(user, 'page.html')).href;
  const { stdout, stderr } = spawnSync(browser, [...flags, '--dump-dom', url], { encoding: 'utf8', timeout: 60_000 });
  if (/<li>error meta\/[a-z-]+: .*hostPID/.test(stdout)) return;
  throw new Error(`the page shows no error about hostPID\n${stdout}\n${stderr}`);
}
