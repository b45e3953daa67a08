// What the README promises, with nothing but the installed package: the command, the library by `import` and by `require`, its types, and a browser.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, transformSync } from 'esbuild';
import { pack as tar } from 'tar-stream';
import { ROOT, run } from './packed.mjs';

/**
 * Tries the package that is installed in a folder.
 * @throws for the first promise that is not kept.
 */
export async function smoke(user) {
  cpSync(join(ROOT, 'fixtures/scenarios/psp-tutorial'), join(user, 'manifests'), { recursive: true });
  await commands(user);
  library(user);
  const documented = documentedPrograms(user);
  types(user, documented);
  for (const path of documented) runTyped(user, path);
  await browser(user);
}

async function commands(user) {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const k8sec = (...args) => node(user, 'node_modules/k8sec/bin/k8sec.js', ...args);
  expect('--version', k8sec('--version'), 0, `${version}\n`);
  expect('lint', k8sec('lint', 'manifests'), 1, 'psp/pod-forbidden');
  expect('lint of nothing', k8sec('lint', 'package.json'), 2, '');
  expect('rules', k8sec('rules'), 0, 'psp/pod-forbidden');
  expect('explain', k8sec('explain', 'psp/pod-forbidden'), 0, 'psp/pod-forbidden');
  writeFileSync(join(user, 'image.tar'), await imageArchive('nginx:1.19', '101'));
  const admitted = k8sec('admit', 'manifests', '--images', 'image.tar');
  expect('admit with an image', admitted, 0, '1 admitted but may not start');
}

function library(user) {
  writeFileSync(
    join(user, 'import.mjs'),
    `import { lint } from 'k8sec';\nimport { defineRule } from 'k8sec/rule';\nconst { findings } = await lint(['manifests']);\nconsole.log(findings.length > 0, typeof defineRule);\n`,
  );
  expect('import of the library', node(user, 'import.mjs'), 0, 'true function');
  writeFileSync(
    join(user, 'require.cjs'),
    `const { lint } = require('k8sec');\nconst { defineRule } = require('k8sec/rule');\nlint(['manifests']).then(({ findings }) => console.log(findings.length > 0, typeof defineRule));\n`,
  );
  expect('require of the library', node(user, 'require.cjs'), 0, 'true function');
}

/** The programs of the README, each in a file of its own beside manifests of what it asks about. */
function documentedPrograms(user) {
  const folder = join(user, 'documented');
  mkdirSync(join(folder, 'manifests'), { recursive: true });
  writeFileSync(join(folder, 'manifests/shop.yaml'), SHOP);
  const page = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const programs = [...page.matchAll(/^```ts\n([\s\S]+?)^```$/gm)].map(([, text]) => text);
  if (programs.length === 0) throw new Error('the README shows no program');
  return programs.map((text, index) => {
    const path = `documented/readme-${index + 1}.mts`;
    writeFileSync(join(user, path), text);
    return path;
  });
}

const SHOP = `
{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop }, spec: { containers: [{ name: web, image: web }] } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: db, namespace: shop }, spec: { containers: [{ name: db, image: db }] } }
`;

/** Runs a TypeScript program where it stands; Node 20 does not strip types itself. */
function runTyped(user, path) {
  const { code } = transformSync(readFileSync(join(user, path), 'utf8'), { loader: 'ts', format: 'esm' });
  writeFileSync(join(user, path.replace(/mts$/, 'mjs')), code);
  const folder = join(user, dirname(path));
  expect(path, node(folder, basename(path).replace(/mts$/, 'mjs')), 0, '');
}

/** Each way in which TypeScript finds a package; the declarations are checked too, and get no types of Node or of a browser. */
const RESOLUTIONS = [
  { name: 'NodeNext', options: { module: 'nodenext' }, files: ['typed.mts', 'typed.cts'] },
  { name: 'bundler', options: { module: 'esnext', moduleResolution: 'bundler' }, files: ['typed.mts'] },
];

function types(user, programs) {
  writeFileSync(
    join(user, 'typed.mts'),
    [
      "import { lint, type FindingValue } from 'k8sec';",
      "import { lint as lintTexts } from 'k8sec/browser';",
      "import { defineRule } from 'k8sec/rule';",
      'export const found: readonly FindingValue[] = (await lint([])).findings;',
      'export const sameInBrowsers: readonly FindingValue[] = lintTexts({ files: [] }).findings;',
      'export const define: typeof defineRule = defineRule;',
      '// @ts-expect-error: a finding is no number, so the declarations were really found',
      'export const wrong: number = found[0];',
      '',
    ].join('\n'),
  );
  writeFileSync(
    join(user, 'typed.cts'),
    "import { lint, type FindingValue } from 'k8sec';\nexport const all = async (): Promise<readonly FindingValue[]> => (await lint([])).findings;\n",
  );
  for (const { name, options, files } of RESOLUTIONS) {
    const compilerOptions = { ...options, target: 'es2023', lib: ['es2023'], types: [], strict: true, noEmit: true };
    writeFileSync(
      join(user, `tsconfig.${name}.json`),
      JSON.stringify({ compilerOptions, files: [...files, ...programs] }),
    );
    run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', `tsconfig.${name}.json`], user);
  }
}

/** Bundled for a page, the browser's entry needs nothing of Node, and answers. */
async function browser(user) {
  const source = `import { lint } from 'k8sec/browser';\nexport const count = lint({ files: [{ path: 'pod.yaml', text: 'kind: [' }] }).findings.length;\n`;
  writeFileSync(join(user, 'page.mjs'), source);
  const outfile = join(user, 'page.bundle.mjs');
  await build({ entryPoints: [join(user, 'page.mjs')], outfile, bundle: true, format: 'esm', platform: 'browser' });
  const { count } = await import(pathToFileURL(outfile).href);
  if (count === 0) throw new Error('the bundle for browsers finds nothing in broken YAML');
}

function node(cwd, ...args) {
  return spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
}

/** What `docker save` writes of an image, without its layers. */
async function imageArchive(name, user) {
  const archive = tar();
  archive.entry({ name: 'config.json' }, JSON.stringify({ config: { User: user } }));
  archive.entry({ name: 'manifest.json' }, JSON.stringify([{ Config: 'config.json', RepoTags: [name], Layers: [] }]));
  archive.finalize();
  const chunks = [];
  for await (const chunk of archive) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function expect(what, { status, stdout, stderr }, wanted, text) {
  if (status === wanted && stdout.includes(text)) return;
  throw new Error(`${what}: exit ${status}, expected ${wanted} and \`${text}\`\n${stdout}\n${stderr}`);
}
