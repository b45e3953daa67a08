// Builds the package, holds its shape to publint and attw, installs it in an empty folder as a user would, and runs it there.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from 'tar-stream';

const ROOT = join(import.meta.dirname, '..');
process.chdir(ROOT);
const folder = mkdtempSync(join(tmpdir(), 'k8sec-package-'));

/** Runs a command to its end and returns what it printed; its complaints are shown. */
function run(command, args, cwd = ROOT) {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status === 0) return stdout;
  process.stdout.write(stdout ?? '');
  throw new Error(`failed: ${command} ${args.join(' ')}${error === undefined ? '' : `: ${error.message}`}`);
}

const node = (...args) => process.stdout.write(run(process.execPath, args));

/** npm is called through the file it runs from where that is known: on Windows its command is a shell script. */
function npm(args, cwd = ROOT) {
  const cli = process.env.npm_execpath;
  return cli === undefined ? run('npm', args, cwd) : run(process.execPath, [cli, ...args], cwd);
}

try {
  node('scripts/build.mjs');
  const [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder]));
  const tarball = join(folder, packed.filename);
  console.log(`${packed.filename}: ${Math.ceil(packed.size / 1024)} kB, ${packed.entryCount} files`);
  const strays = packed.files
    .map(({ path }) => path)
    .filter((path) => /^(?:src|scripts|fixtures|docs)\/|^rules\/.*(?<!\.md)$|\.test\./.test(path));
  if (strays.length > 0) throw new Error(`the package carries what nobody runs: ${strays.slice(0, 5).join(', ')}`);
  node('node_modules/publint/src/cli.js', tarball, '--strict');
  node(
    'node_modules/@arethetypeswrong/cli/dist/index.js',
    tarball,
    '--profile',
    'esm-only',
    '--no-emoji',
    '--format',
    'ascii',
  );

  const user = join(folder, 'user');
  mkdirSync(user);
  writeFileSync(join(user, 'package.json'), '{"private":true,"type":"module"}');
  npm(['install', '--prefer-offline', '--no-audit', '--no-fund', '--omit=dev', tarball], user);
  await smoke(user);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What the README promises, with nothing but the installed package. */
async function smoke(user) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  cpSync('fixtures/scenarios/psp-tutorial', join(user, 'manifests'), { recursive: true });
  const k8sec = (...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['node_modules/k8sec/bin/k8sec.js', ...args], {
      cwd: user,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  expect('--version', k8sec('--version'), 0, `${version}\n`);
  expect('lint', k8sec('lint', 'manifests'), 1, 'psp/pod-forbidden');
  expect('lint of nothing', k8sec('lint', 'package.json'), 2, '');
  expect('rules', k8sec('rules'), 0, 'psp/pod-forbidden');
  expect('explain', k8sec('explain', 'psp/pod-forbidden'), 0, 'psp/pod-forbidden');
  writeFileSync(join(user, 'image.tar'), await imageArchive('nginx:1.19', '101'));
  const admitted = k8sec('admit', 'manifests', '--images', 'image.tar');
  expect('admit with an image', admitted, 0, '1 admitted and may not start');
  const use = `import { lint } from 'k8sec'; const { findings } = await lint(['manifests']); console.log(findings.length > 0);`;
  const library = spawnSync(process.execPath, ['--input-type=module', '-e', use], { cwd: user, encoding: 'utf8' });
  expect('the library', library, 0, 'true');
}

/** What `docker save` writes of an image, without its layers. */
async function imageArchive(name, user) {
  const archive = pack();
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
