// Builds dist/: the command line and the library (one set of chunks), the browser bundle, the types, and the licences of what is bundled. npm runs it
// as `prepare`: after `npm ci`, before it packs or publishes, and where k8sec is a dependency from git. So it always builds everything.
//   node scripts/build.mjs          everything
//   node scripts/build.mjs --cli    the command line and the library only, for measurements and quick trials
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const onlyCli = process.argv.includes('--cli');
process.chdir(join(import.meta.dirname, '..'));
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const installed = Object.keys(manifest.dependencies);

rmSync('dist', { recursive: true, force: true });
const types = onlyCli ? undefined : declarations();
const common = {
  bundle: true,
  format: 'esm',
  target: 'es2023',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
};
const node = await build({
  ...common,
  entryPoints: {
    cli: 'src/cli/shipped.ts',
    compile: 'src/cli/load-program.ts',
    index: 'src/index.ts',
    rule: 'src/lint/rule.ts',
  },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  platform: 'node',
  external: installed,
  minifySyntax: true,
  minifyWhitespace: true,
  plugins: [importBuiltins()],
});
/** The command line in one script, which starts faster than chunks: see docs/decisions/034. */
const program = await build({
  ...common,
  entryPoints: { program: 'src/cli/program-entry.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  platform: 'node',
  external: installed,
  minifySyntax: true,
  minifyWhitespace: true,
  define: { 'import.meta.dirname': '__dirname' },
  plugins: [importBuiltins()],
});
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

/**
 * CommonJS packages ask for Node's own modules with `require`, which a module has not: turn these into imports. Commander asks for
 * child_process, to run sub-commands that are programs of their own; we have none, and it takes 5 ms to load.
 */
function importBuiltins() {
  return {
    name: 'import-builtins',
    setup(builder) {
      builder.onResolve({ filter: /^[a-z]/ }, ({ path, kind }) => {
        if (!isBuiltin(path)) return undefined;
        return kind === 'require-call'
          ? { path: path.replace(/^(?:node:)?/, 'node:'), namespace: 'builtin' }
          : { path, external: true };
      });
      builder.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
        contents:
          path === 'node:child_process'
            ? 'module.exports = {};'
            : `import * as builtin from '${path}'; module.exports = builtin.default ?? builtin;`,
      }));
    },
  };
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
