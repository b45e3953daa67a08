// Packs the package as `npm publish` does, holds its shape to publint and attw, installs it in an empty folder as a user would, and tries it there.
//   node scripts/check-package.mjs          the packed tarball
//   node scripts/check-package.mjs --git    a dependency from git, which npm builds where it is installed (a minute)
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitRepository, install, pack, ROOT, run } from './package/packed.mjs';
import { smoke } from './package/smoke.mjs';

/** What every way to get the package must bring. */
const PROMISED = [
  'bin/k8sec.js',
  'dist/cli.cjs',
  'dist/program.cjs',
  'dist/program.cjs.code',
  'dist/index.js',
  'dist/rule.js',
  'dist/browser/k8sec.js',
  'dist/types/src/index.d.ts',
  'dist/THIRD_PARTY_NOTICES.txt',
  'rules/psp/pod-forbidden.md',
  'config.schema.json',
  'report.schema.json',
];

const folder = mkdtempSync(join(tmpdir(), 'k8sec-package-'));
try {
  const fromGit = process.argv.includes('--git');
  const user = install(fromGit ? gitRepository(join(folder, 'repository')) : checkedTarball(), join(folder, 'user'));
  await smoke(user);
  console.log(`${fromGit ? 'the dependency from git' : 'the packed package'} works where it is installed`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function checkedTarball() {
  const { filename, size, files, tarball } = pack(folder);
  const paths = files.map(({ path }) => path);
  console.log(`${filename}: ${Math.ceil(size / 1024)} kB, ${paths.length} files`);
  const missing = PROMISED.filter((path) => !paths.includes(path));
  if (missing.length > 0) throw new Error(`the package lacks ${missing.join(', ')}`);
  const strays = paths.filter((path) => /^(?:src|scripts|fixtures|docs)\/|^rules\/.*(?<!\.md)$|\.test\./.test(path));
  if (strays.length > 0) throw new Error(`the package carries what nobody runs: ${strays.slice(0, 5).join(', ')}`);
  const tool = (...args) =>
    process.stdout.write(run(process.execPath, [join(ROOT, 'node_modules', args[0]), ...args.slice(1)]));
  tool('publint/src/cli.js', tarball, '--strict');
  tool('@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii');
  return tarball;
}
