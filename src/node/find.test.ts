import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError } from '../ask/values/usage-error.ts';
import { findFiles } from './find.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'k8sec-find-')));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Root may read everything, so the one question about permissions is asked as somebody else. */
async function asOrdinaryUser<T>(ask: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return ask();
  process.seteuid?.(65534);
  try {
    return await ask();
  } finally {
    process.seteuid?.(0);
  }
}

async function find(paths: string[], cwd = root): Promise<string[]> {
  return (await findFiles({ paths, cwd })).files.map((file) => file.path);
}

describe('directories', () => {
  test('of other people and of test data are left out and told, unless they are named', async () => {
    write({
      'a.yaml': '',
      'vendor/b.yaml': '',
      'x/testdata/c.yaml': '',
      'x/.chainsaw-test/d.yaml': '',
      'node_modules/e.yaml': '',
    });
    const found = await findFiles({ paths: ['.'], cwd: root });
    expect(found.files.map(({ path }) => path)).toEqual(['a.yaml']);
    expect(found.leftOut).toEqual(['node_modules', 'vendor', 'x/.chainsaw-test', 'x/testdata']);
    const named = await findFiles({ paths: ['.', 'vendor', 'x/testdata/c.yaml'], cwd: root });
    expect(named.files.map(({ path }) => path)).toEqual(['a.yaml', 'vendor/b.yaml', 'x/testdata/c.yaml']);
    expect(named.leftOut).not.toContain('vendor');
  });

  test('manifests are found by extension, in order of path, hidden directories included', async () => {
    write({
      'b.yaml': '',
      'a/z.yml': '',
      'a/y.json': '',
      'a/readme.md': '',
      '.ci/x.yaml': '',
      'node_modules/n.yaml': '',
    });
    expect(await find([])).toEqual(['.ci/x.yaml', 'a/y.json', 'a/z.yml', 'b.yaml']);
  });

  test('a path is shown the same whether it was given relative, absolute or with dots, and once', async () => {
    write({ 'a/x.yaml': '' });
    for (const path of ['a', './a/', 'a/../a', join(root, 'a'), 'a/x.yaml', join(root, 'a/x.yaml')]) {
      expect(await find([path, 'a'])).toEqual(['a/x.yaml']);
    }
    expect(await find([join(root, 'a')], join(root, 'a'))).toEqual(['x.yaml']);
    mkdirSync(join(root, 'b'));
    expect(await find(['../a'], join(root, 'b'))).toEqual(['../a/x.yaml']);
  });

  test('symbolic links end no walk and double no file', async () => {
    write({ 'a/x.yaml': 'x', 'outside/y.yaml': 'y' });
    symlinkSync('..', join(root, 'a/up'));
    symlinkSync('x.yaml', join(root, 'a/again.yaml'));
    symlinkSync(join(root, 'outside'), join(root, 'a/linked'));
    symlinkSync('nowhere.yaml', join(root, 'a/dangling.yaml'));
    const found = await findFiles({ paths: ['a'], cwd: root });
    expect(found.files.map((file) => file.path)).toEqual(['a/dangling.yaml', 'a/linked/y.yaml', 'a/x.yaml']);
    expect(found.problems.map((problem) => `${problem.file.path}: ${problem.message}`)).toEqual([
      'a/dangling.yaml: cannot be read: no such file or directory',
    ]);
  });

  test('a file that may not be read is a problem, the others are read', async () => {
    write({ 'a.yaml': 'a', 'b.yaml': 'b' });
    chmodSync(root, 0o755);
    chmodSync(join(root, 'a.yaml'), 0);
    const found = await asOrdinaryUser(() => findFiles({ paths: ['.'], cwd: root }));
    expect(found.files.map((file) => file.text)).toEqual(['', 'b']);
    expect(found.problems.map((problem) => problem.message)).toEqual(['cannot be read: permission denied']);
  });
});

describe('.gitignore', () => {
  const files = {
    '.gitignore': '# generated\nbuild/\n*.tmp.yaml\n/only-here.yaml\n',
    'build/a.yaml': '',
    'a.tmp.yaml': '',
    'only-here.yaml': '',
    'kept.yaml': '',
    'sub/only-here.yaml': '',
    'sub/.gitignore': '!b.tmp.yaml\nlocal.yaml\ndeep/x.yaml\n!build/\n',
    'sub/b.tmp.yaml': '',
    'sub/c.tmp.yaml': '',
    'sub/local.yaml': '',
    'sub/deep/x.yaml': '',
    'sub/deep/local.yaml': '',
    'sub/deep/deep/x.yaml': '',
    'sub/build/back.yaml': '',
    'excluded.yaml': '',
  };

  test('the walk lists what git lists, from the root, from below and through a pattern', async () => {
    write(files);
    write({ '.git/info/exclude': 'excluded.yaml\n' });
    // As printed by `git ls-files --others --exclude-standard '*.yaml'`.
    const listed = ['kept.yaml', 'sub/b.tmp.yaml', 'sub/build/back.yaml', 'sub/deep/deep/x.yaml', 'sub/only-here.yaml'];
    expect(await find(['.'])).toEqual(listed);
    expect(await find(['**/*.yaml'])).toEqual(listed);
    expect(await find(['**'])).toEqual(listed);
    expect(await find(['sub'])).toEqual(listed.filter((path) => path.startsWith('sub/')));
    expect(await find(['.'], join(root, 'sub/deep'))).toEqual(['deep/x.yaml']);
  });

  test('what is named outright is read although it is ignored', async () => {
    write({ ...files, '.git/HEAD': '' });
    expect(await find(['build', 'a.tmp.yaml'])).toEqual(['a.tmp.yaml', 'build/a.yaml']);
  });
});

describe('named files', () => {
  test('a file is read whatever it is called, and brackets in its name are no pattern', async () => {
    write({ 'README.md': '', 'a[1].yaml': '' });
    expect(await find(['README.md', 'a[1].yaml'])).toEqual(['README.md', 'a[1].yaml']);
  });

  test('a path that is not there is an error of one line', async () => {
    await expect(find(['nope.yaml'])).rejects.toThrow(
      new UsageError('cannot read `nope.yaml`: no such file or directory'),
    );
    await expect(find(['*.nope'])).rejects.toThrow('no file matches `*.nope`');
  });

  test('bytes that are not UTF-8 are kept beside a text to show', async () => {
    writeFileSync(join(root, 'a.yaml'), Buffer.from([0x61, 0xff, 0x62]));
    const found = await findFiles({ paths: ['a.yaml'], cwd: root });
    expect(found.files[0]).toEqual({ path: 'a.yaml', text: 'a\u{fffd}b', bytes: new Uint8Array([0x61, 0xff, 0x62]) });
  });

  test('a file larger than the buffer comes whole, its byte order mark kept', async () => {
    const text = `\u{feff}${'aé€😀\n'.repeat(200_000)}`;
    write({ 'a.yaml': text });
    const found = await findFiles({ paths: ['a.yaml'], cwd: root });
    expect(found.files[0]?.text === text).toBe(true);
  });

  test('standard input has the name that it is given', async () => {
    const stdin = () => Buffer.from('kind: Pod');
    const found = await findFiles({ paths: ['-'], cwd: root, stdin, stdinName: './x/pod.yaml' });
    expect(found.files).toEqual([{ path: 'x/pod.yaml', text: 'kind: Pod' }]);
  });

  test('standard input named twice is read once', async () => {
    const stdin = () => Buffer.from('kind: Pod');
    expect((await findFiles({ paths: ['-', '-'], cwd: root, stdin })).files).toHaveLength(1);
  });

  test('an empty path does not mean the current directory', async () => {
    await expect(find([''])).rejects.toThrow(new UsageError('a path is empty'));
  });
});
