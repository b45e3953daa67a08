// The package as others get it: packed by npm with its scripts running, or taken from a git repository, and installed in an empty folder.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** Runs a command to its end and returns what it printed; its complaints are shown where it fails. */
export function run(command, args, cwd = ROOT) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status === 0) return stdout;
  const why = error === undefined ? '' : `: ${error.message}`;
  throw new Error(`failed: ${command} ${args.join(' ')}${why}\n${stdout ?? ''}${stderr ?? ''}`.trimEnd());
}

/** npm is called through the file it runs from where that is known: on Windows its command is a shell script. */
function npm(args, cwd = ROOT) {
  const cli = process.env.npm_execpath;
  return cli === undefined ? run('npm', args, cwd) : run(process.execPath, [cli, ...args], cwd);
}

/** Packs the working tree into a folder, scripts included, as `npm publish` does: npm's account of it, and where the tarball is. */
export function pack(folder) {
  const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder]));
  return { ...packed, tarball: join(folder, packed.filename) };
}

/** A git repository whose one commit is the working tree: what is tracked, and what is not ignored. */
export function gitRepository(folder) {
  mkdirSync(folder);
  const git = (...args) => run('git', args, folder);
  for (const path of run('git', ['ls-files', '-co', '--exclude-standard', '-z']).split('\0')) {
    if (path === '' || !existsSync(join(ROOT, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(ROOT, path), join(folder, path));
  }
  git('init', '--quiet');
  git('add', '--all');
  git(
    '-c',
    'user.name=k8sec',
    '-c',
    'user.email=k8sec@localhost',
    'commit',
    '--quiet',
    '--message',
    'the working tree',
  );
  return `git+file://${folder}`;
}

/** A user's folder with nothing but the installed package; `source` is what `npm install` takes. */
export function install(source, folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  npm(['install', '--prefer-offline', '--no-audit', '--no-fund', '--omit=dev', source], folder);
  return folder;
}
