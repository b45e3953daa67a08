/**
 * `npm run bench [-- --write] [--peer PATH]`: measures the built command beside baselines taken in the same run and prints Markdown tables; `--write`
 * puts them into docs/performance.md. Read ratios, not milliseconds: the machine is whatever it is. The corpora of ../shared are measured when they
 * are there; the generated trees always.
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import type { Rate } from './decisions.ts';
import { generateNetwork } from './generate-network.ts';
import { generateTree } from './generate-tree.ts';
import { clock, measureAll, type Program } from './measure.ts';

const root = join(import.meta.dirname, '../..');
const cli = join(root, 'bin/k8sec.js');
const corpus = join(root, '../shared/corpus');
const { values: options } = parseArgs({ options: { write: { type: 'boolean' }, peer: { type: 'string' } } });

const bareNode = node('-e', '0');
const scratch = mkdtempSync(join(tmpdir(), 'k8sec-bench-'));
try {
  const report = [
    `Seconds are ${clock} of the whole process.\n`,
    startUp(),
    folders(),
    growth(),
    traffic(),
    decisions(),
  ].join('\n');
  process.stdout.write(report);
  if (options.write === true) writeReport(report);
} finally {
  rmSync(scratch, { recursive: true });
}

function node(...args: readonly string[]): Program {
  return { command: process.execPath, args };
}

function lintOf(path: string): Program {
  return node(cli, 'lint', '--exit-zero', path);
}

function parseOf(folder: string): Program {
  return node(join(import.meta.dirname, 'parse-baseline.mjs'), folder);
}

function startUp(): string {
  const one = join(root, 'fixtures/scenarios/psp-tutorial/apps/apache.yaml');
  const programs: [string, Program][] = [
    ['`node -e 0`', bareNode],
    ['`k8sec --version`', node(cli, '--version')],
    ['`k8sec lint` of one Deployment', lintOf(one)],
  ];
  const measures = measureAll(
    programs.map(([, program]) => program),
    5,
  );
  const bare = measures[0]?.seconds ?? Number.NaN;
  return table(
    'Start-up (median of 5)',
    ['what', 'seconds', 'of `node -e 0`', 'MB'],
    measures.map(({ seconds, megabytes }, index) => [
      programs[index]?.[0] ?? '',
      fixed(seconds, 3),
      fixed(seconds / bare, 2),
      fixed(megabytes, 0),
    ]),
  );
}

function folders(): string {
  const rows: string[][] = [];
  for (const name of ['medium', 'psp-rbac', 'large']) {
    const archive = join(corpus, `${name}.tar.gz`);
    if (!existsSync(archive)) continue;
    const folder = join(scratch, name);
    mkdirSync(folder);
    execFileSync('tar', ['xzf', archive, '-C', folder]);
    rows.push(folderRow(name, folder));
  }
  if (rows.length === 0) return 'Folders: ../shared/corpus is not here, nothing measured.\n';
  return table(
    'Folders of real manifests (median of 5)',
    ['folder', 'MB of YAML', 'lint, s', 'js-yaml parse, s', 'ratio', 'peer, s', 'MB/s', 'peak MB', 'exit'],
    rows,
  );
}

function folderRow(name: string, folder: string): string[] {
  const peer: Program[] = options.peer === undefined ? [] : [{ command: options.peer, args: ['lint', folder] }];
  const [parse, lint, other] = measureAll([parseOf(folder), lintOf(folder), ...peer], 5);
  if (parse === undefined || lint === undefined) throw new Error('a program was not measured');
  const megabytes = yamlBytes(folder) / 1e6;
  return [
    name,
    fixed(megabytes, 1),
    fixed(lint.seconds, 2),
    fixed(parse.seconds, 2),
    fixed(lint.seconds / parse.seconds, 2),
    other === undefined ? '' : fixed(other.seconds, 2),
    fixed(megabytes / lint.seconds, 1),
    fixed(lint.megabytes, 0),
    String(lint.status),
  ];
}

function growth(): string {
  const rows = [300, 1_000, 3_000, 10_000].map((workloads) => {
    const folder = join(scratch, `tree-${String(workloads)}`);
    generateTree(folder, workloads);
    const [lint] = measureAll([lintOf(folder)], 3);
    if (lint === undefined) throw new Error('a program was not measured');
    const perWorkload = fixed((lint.seconds / workloads) * 1e6, 0);
    return [String(workloads), fixed(lint.seconds, 2), perWorkload, fixed(lint.megabytes, 0), String(lint.status)];
  });
  const columns = ['workloads', 'lint, s', 'µs a workload', 'peak MB', 'exit'];
  return table('Generated trees (median of 3)', columns, rows);
}

function traffic(): string {
  const rows = [300, 1_000, 3_000, 10_000].map((workloads) => {
    const folder = join(scratch, `network-${String(workloads)}`);
    const { namespaces, policies } = generateNetwork(folder, workloads);
    const [bare, list, parse] = measureAll([bareNode, node(cli, 'net', 'list', folder), parseOf(folder)], 3);
    if (bare === undefined || list === undefined || parse === undefined) throw new Error('a program was not measured');
    return [
      ...[workloads, namespaces, policies].map(String),
      fixed(list.seconds, 2),
      fixed(list.seconds / bare.seconds, 1),
      fixed(parse.seconds, 2),
      fixed(list.seconds / parse.seconds, 2),
      fixed((list.seconds / workloads) * 1e6, 0),
      fixed(list.megabytes, 0),
      String(list.status),
    ];
  });
  return table(
    'All allowed traffic of generated trees, Kubernetes and Calico policies mixed (median of 3)',
    [
      'workloads',
      'namespaces',
      'policies',
      'net list, s',
      'of `node -e 0`',
      'js-yaml parse, s',
      'ratio',
      'µs a workload',
      'peak MB',
      'exit',
    ],
    rows,
  );
}

function decisions(): string {
  // Bundled, as users run it: what loads the sources for scripts adds a call to every function it meets.
  const bundle = join(scratch, 'decisions.mjs');
  const entry = join(import.meta.dirname, 'decisions.ts');
  buildSync({
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const fixtures = join(root, 'fixtures/conformance');
  const script =
    'import(process.argv[1]).then((m) => console.log(JSON.stringify(m.measureDecisions(process.argv[2]))))';
  const output = execFileSync(process.execPath, ['-e', script, bundle, fixtures], { encoding: 'utf8' });
  const rows = (JSON.parse(output) as Rate[]).map(({ what, perSecond }) => [what, fixed(perSecond, 0)]);
  return table('Decisions on the conformance cases, in one process', ['engine', 'decisions a second'], rows);
}

function yamlBytes(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name))
      bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return bytes;
}

function table(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return `### ${title}\n\n${line(columns)}${line(columns.map(() => '---'))}${rows.map(line).join('')}\n`;
}

function fixed(value: number, digits: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(digits);
}

function writeReport(report: string): void {
  const path = join(root, 'docs/performance.md');
  const text = readFileSync(path, 'utf8');
  const [before, after] = [text.split('<!-- bench -->')[0], text.split('<!-- /bench -->')[1]];
  if (before === undefined || after === undefined) throw new Error('docs/performance.md has lost its bench markers');
  writeFileSync(path, `${before}<!-- bench -->\n\n${report}\n<!-- /bench -->${after}`);
}
