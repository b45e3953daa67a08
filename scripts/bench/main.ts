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
import { measure, type Measure } from './measure.ts';

const root = join(import.meta.dirname, '../..');
const cli = join(root, 'bin/k8sec.js');
const corpus = join(root, '../shared/corpus');
const { values: options } = parseArgs({ options: { write: { type: 'boolean' }, peer: { type: 'string' } } });

const scratch = mkdtempSync(join(tmpdir(), 'k8sec-bench-'));
try {
  const report = [startUp(), folders(), growth(), traffic(), decisions()].join('\n');
  process.stdout.write(report);
  if (options.write === true) writeReport(report);
} finally {
  rmSync(scratch, { recursive: true });
}

function node(args: readonly string[], runs: number): Measure {
  return measure(process.execPath, args, runs);
}

function startUp(): string {
  const bare = node(['-e', '0'], 15);
  const one = join(root, 'fixtures/scenarios/psp-tutorial/apps/apache.yaml');
  const rows: [string, Measure][] = [
    ['`node -e 0`', bare],
    ['`k8sec --version`', node([cli, '--version'], 15)],
    ['`k8sec lint` of one Deployment', node([cli, 'lint', '--exit-zero', one], 15)],
  ];
  return table(
    'Start-up (median of 15)',
    ['what', 'seconds', 'of `node -e 0`', 'MB'],
    rows.map(([what, m]) => [what, fixed(m.seconds, 3), fixed(m.seconds / bare.seconds, 2), fixed(m.megabytes, 0)]),
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
  const parse = node([join(import.meta.dirname, 'parse-baseline.mjs'), folder], 5);
  const lint = node([cli, 'lint', '--exit-zero', folder], 5);
  const peer = options.peer === undefined ? undefined : measure(options.peer, ['lint', folder], 3);
  const megabytes = yamlBytes(folder) / 1e6;
  return [
    name,
    fixed(megabytes, 1),
    fixed(lint.seconds, 2),
    fixed(parse.seconds, 2),
    fixed(lint.seconds / parse.seconds, 2),
    peer === undefined ? '' : fixed(peer.seconds, 2),
    fixed(megabytes / lint.seconds, 1),
    fixed(lint.megabytes, 0),
    String(lint.status),
  ];
}

function growth(): string {
  const rows = [300, 1_000, 3_000, 10_000].map((workloads) => {
    const folder = join(scratch, `tree-${String(workloads)}`);
    generateTree(folder, workloads);
    const lint = node([cli, 'lint', '--exit-zero', folder], 3);
    const perWorkload = fixed((lint.seconds / workloads) * 1e6, 0);
    return [String(workloads), fixed(lint.seconds, 2), perWorkload, fixed(lint.megabytes, 0), String(lint.status)];
  });
  const columns = ['workloads', 'lint, s', 'µs a workload', 'peak MB', 'exit'];
  return table('Generated trees (median of 3)', columns, rows);
}

function traffic(): string {
  const bare = node(['-e', '0'], 15);
  const rows = [300, 1_000, 3_000, 10_000].map((workloads) => {
    const folder = join(scratch, `network-${String(workloads)}`);
    const { namespaces, policies } = generateNetwork(folder, workloads);
    const list = node([cli, 'net', 'list', folder], 3);
    const parse = node([join(import.meta.dirname, 'parse-baseline.mjs'), folder], 3);
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
