// Builds dist/: the command line, the library, the browser bundle, the types, and the licences of what is bundled. npm runs it
// as `prepare`: after `npm ci`, before it packs or publishes, and where k8sec is a dependency from git. So it always builds everything.
//   node scripts/build.mjs          everything
//   node scripts/build.mjs --cli    the command line and the library only, for measurements and quick trials
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { commandLine, common, importBuiltins } from './build-options.mjs';

const onlyCli = process.argv.includes('--cli');
process.chdir(join(import.meta.dirname, '..'));
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const installed = Object.keys(manifest.dependencies);

rmSync('dist', { recursive: true, force: true });
const types = onlyCli ? undefined : declarations();
const node = await build({
  ...common,
  entryPoints: { index: 'src/index.ts', rule: 'src/lint/rule.ts' },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  platform: 'node',
  external: installed,
  minifySyntax: true,
  minifyWhitespace: true,
  plugins: [importBuiltins()],
});
const program = await build(commandLine(installed));
const results = [node, program];
if (!onlyCli) {
  results.push(
    await build({
      ...common,
      entryPoints: { k8sec: 'src/browser.ts' },
      outdir: 'dist/browser',
      platform: 'browser',
      minify: true,
    }),
  );
}
run('scripts/compile-program.mjs');
writeFileSync('dist/THIRD_PARTY_NOTICES.txt', notices(results.map((result) => result.metafile)));
report(results.map((result) => result.metafile));
if ((await types) === 'failed') process.exitCode = 1;

/** Runs a script of ours; the build fails where it does. */
function run(script) {
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

/** Writes dist/types, beside the bundles. Types are checked by `npm test`; here a check would cost more than all the rest. */
async function declarations() {
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--noCheck'];
  const child = spawn(process.execPath, tsc, { stdio: 'inherit' });
  const [code] = await once(child, 'close');
  return code === 0 ? 'written' : 'failed';
}

/** The licence texts of every package that ended up inside a bundle. */
function notices(metafiles) {
  const packages = new Set();
  for (const metafile of metafiles) {
    for (const output of Object.values(metafile.outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
        const name = /node_modules\/(?:@[^/]+\/)?[^/]+\/(?!.*node_modules\/)/.exec(input)?.[0];
        if (name !== undefined && bytesInOutput > 0) packages.add(input.slice(0, input.indexOf(name) + name.length));
      }
    }
  }
  const entries = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} is bundled and brings no licence text`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return `Software bundled into k8sec, with the licence of each.\n\n${entries.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** Says how large the entries are, and what the command line loads before it knows the command. */
function report(metafiles) {
  for (const metafile of metafiles) {
    for (const [path, { bytes, entryPoint }] of Object.entries(metafile.outputs)) {
      if (entryPoint !== undefined && existsSync(path))
        console.error(`${String(Math.ceil(bytes / 1024)).padStart(6)} kB  ${path}`);
    }
  }
}
