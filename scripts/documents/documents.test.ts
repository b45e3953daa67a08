import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { runProgram } from '../../src/cli/program.ts';
import type { Output } from '../../src/cli/io.ts';
import { checkConfig } from '../../src/lint/config/check-config.ts';
import { plainJson } from '../../src/model/object-value.ts';
import { readDocuments } from '../../src/text/read.ts';
import { codeBlocks, codeSpans, indentedCode } from './markdown.ts';

const ROOT = join(import.meta.dirname, '../..');
const SCENARIOS = join(ROOT, 'fixtures/scenarios');

/** What the words of the commands in sentences and tables stand for, in the tree that the command is tried in. */
const MEANINGS: Readonly<Record<string, string>> = {
  '[paths]': '.',
  '[NAMESPACE/POD]': 'default/nginx',
  RULE: 'psp/pod-forbidden',
  VERB: 'use',
  RESOURCE: 'podsecuritypolicies',
  USER: 'system:serviceaccount:kube-system:coredns',
  END: 'shop/web',
  'END:PORT': 'shop/log-scraper:80',
  OLD: 'control-plane',
  NEW: '.',
};

/** Commands whose answer exits with 1: a tree with errors, the flows that a change opens or closes, and `no`. */
const EXIT_1 = ['k8sec lint [paths]', 'k8sec net diff OLD NEW', 'k8sec can-i VERB RESOURCE --as USER'];

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

const documents = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].map((path) => ({ path, page: readFileSync(join(ROOT, path), 'utf8') }));

describe.each(documents)('$path', ({ path, page }) => {
  it('declares the language of every block of code', () => {
    expect(indentedCode(page)).toEqual([]);
    // `ts` is type-checked and run where the package is installed (scripts/package/smoke.mjs); `text` shows, and does nothing.
    const unknown = codeBlocks(page).filter(
      ({ language }) => !['sh', 'yaml', 'ts', 'text', 'mermaid'].includes(language),
    );
    expect(unknown).toEqual([]);
  });

  const lines = codeBlocks(page).flatMap(({ language, text }) => (language === 'sh' ? text.trim().split('\n') : []));
  it.each(lines)('the command `%s` works', async (line) => {
    const [commands = '', comment = ''] = line.split(/ +# /);
    const [, said = 0] = /exit (\d)/.exec(comment) ?? [];
    const parts = commands.split(' && ');
    for (const [index, part] of parts.entries()) {
      expect(await tried(part)).toBe(index === parts.length - 1 ? Number(said) : 0);
    }
  });

  const asked = [...new Set(codeSpans(page).filter((span) => /(?:^|\| )k8sec [a-z]/.test(span)))];
  it.each(asked)('what `%s` stands for works', async (span) => {
    const words = span.slice(span.indexOf('k8sec ') + 'k8sec '.length).split(' ');
    // A command that is named without arguments has its page of help.
    const isNamed = words.every((word) => /^[a-z-]+$/.test(word) && word !== '-');
    const given = isNamed ? [...words, '--help'] : words.map((word) => MEANINGS[word] ?? word);
    expect(await k8sec(given, join(SCENARIOS, words[0] === 'net' ? 'lokomotive' : 'psp-tutorial'))).toBe(
      EXIT_1.includes(span) ? 1 : 0,
    );
  });

  it('leads nowhere that is not there', () => {
    const links = [...page.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, to = '']) => to);
    const files = links.filter((to) => !/^[a-z]+:/.test(to));
    expect(files.filter((to) => !existsSync(join(ROOT, dirname(path), to)))).toEqual([]);
  });

  const settings = codeBlocks(page).filter(({ language }) => language === 'yaml');
  it.each(settings)('the configuration at line $line is accepted', ({ text }) => {
    const file = { path: '.k8sec.yaml', text };
    const [document] = readDocuments(file).documents;
    if (document?.root === undefined) throw new Error('no YAML');
    expect(checkConfig(plainJson(document.root), rules, { file, root: document.root }).faults).toEqual([]);
  });
});

/** The exit code of one command of a shell, as far as it can be tried without changing the checkout or testing within a test. */
async function tried(command: string): Promise<number> {
  const words = command.replace(/^(?:[A-Z]+=\S+ )+/, '').split(/\s+/);
  const [program, ...rest] = words;
  switch (program) {
    case 'node':
      expect(rest[0]).toBe('bin/k8sec.js');
      return k8sec(rest.slice(1), ROOT);
    case 'npm': {
      const [verb = '', script = ''] = rest;
      if (verb !== 'ci') expect(Object.keys(manifest.scripts)).toContain(verb === 'run' ? script : verb);
      return 0;
    }
    case 'npx': {
      const [tool = '', ...given] = rest;
      expect(Object.keys(manifest.devDependencies)).toContain(tool);
      if (given[0] === 'src/cli/run.ts') return k8sec(given.slice(1), ROOT);
      for (const file of given.filter((word) => word.includes('/'))) expect(existsSync(join(ROOT, file))).toBe(true);
      return 0;
    }
    default:
      throw new Error(`nobody tries \`${command}\``);
  }
}

async function k8sec(words: readonly string[], cwd: string): Promise<number> {
  let complaints = '';
  const silent: Output = { write: () => undefined, isTTY: false, columns: undefined };
  const heard: Output = { ...silent, write: (text) => (complaints += text) };
  const stdin = () => new TextEncoder().encode('{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }');
  const exit = await runProgram(words, { stdout: silent, stderr: heard, stdin, cwd, env: {}, now: () => 0 });
  expect(exit, complaints).toBeLessThan(2);
  return exit;
}
