/**
 * The checks of the architecture are themselves checked: each violation below once passed unseen, or could. Imports are planted in a tree of their own that
 * has the house's folders, and dependency-cruiser judges it by the real configuration; purity is judged on snippets, as if they stood in the file named.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purity } from './purity.mjs';

/** [what is planted, the importing file, what it imports, the rule that must find it] */
const IMPORTS: readonly (readonly [string, string, string, string])[] = [
  [
    'an engine imports a rule, as a type',
    'src/engines/psa/level.ts',
    'type ../../../rules/psa/a.ts',
    'core-knows-no-rule',
  ],
  ['the reader imports a rule, as a type', 'src/text/position.ts', 'type ../../rules/psa/a.ts', 'core-knows-no-rule'],
  ['scheduling asks another engine', 'src/engines/scheduling/fit.ts', '../psp/judge-pod.ts', 'engines-stand-alone'],
  [
    'a plugin goes past the door of policies',
    'src/engines/admission/plugins/past-the-door.ts',
    '../policies/dispatch-policies.ts',
    'expressions-behind-a-door',
  ],
  ['psp asks more than rbac', 'src/engines/psp/use.ts', '../psa/judge-psa.ts', 'psp-asks-rbac-only'],
  ['what engines share knows one', 'src/engines/verdict.ts', 'type ./psp/judge-pod.ts', 'shared-by-engines-knows-none'],
  [
    'cluster imports an engine',
    'src/cluster/index/cluster.ts',
    '../../engines/psp/judge-pod.ts',
    'cluster-imports-downwards',
  ],
  ['a rule imports a package', 'rules/psa/b.ts', 'ajv', 'rules-use-no-package'],
  ['a rule imports the core', 'rules/psa/c.ts', '../../src/lang/addresses/cidr.ts', 'rules-see-the-rule-api-only'],
  ['the core imports Node', 'src/lang/read.ts', 'node:fs', 'node-below-the-line'],
  ['anything opens a connection', 'src/node/ask.ts', 'node:https', 'offline'],
  ['a cycle of types only', 'src/lang/one.ts', 'type ./two.ts', 'no-cycles'],
  [
    'the form of traffic knows the network',
    'src/engines/net/form/rule.ts',
    'type ../model/network.ts',
    'net-form-imports-downwards',
  ],
  ['sets ask for a verdict', 'src/engines/net/sets/peers.ts', '../ask/flow-verdict.ts', 'net-sets-imports-downwards'],
  ['defaults validate', 'src/cluster/defaults/pod.ts', '../validation/pod.ts', 'cluster-defaults-imports-downwards'],
  [
    'a plugin runs the chain',
    'src/engines/admission/plugins/a.ts',
    '../chain.ts',
    'admission-plugins-imports-downwards',
  ],
  [
    'a report asks an engine, as a type',
    'src/report/words.ts',
    'type ../engines/psp/judge-pod.ts',
    'report-reads-values',
  ],
  ['a report computes an answer', 'src/report/flow.ts', '../ask/flow.ts', 'report-runs-nothing'],
  ['the command line asks an engine', 'src/cli/psp.ts', '../engines/psp/judge-pod.ts', 'cli-to-ask-only'],
  ['the command line takes a rule apart', 'src/cli/rules.ts', '../lint/rule-of.ts', 'cli-to-ask-only'],
  [
    'code in a folder for tests, but neither test nor fixture',
    'src/lint/test/page.ts',
    '../../cli/formats.ts',
    'lint-imports-downwards',
  ],
  ['shipped code uses a fixture', 'src/lang/use.ts', './pods.fixture.ts', 'no-development-tools-shipped'],
];

/** What the imports above lead to; `two` closes the cycle. */
const TARGETS: Readonly<Record<string, string>> = {
  'src/engines/admission/policies/dispatch-policies.ts': '',
  'rules/psa/a.ts': '',
  'src/lint/rule-of.ts': '',
  'src/engines/psp/judge-pod.ts': '',
  'src/ask/flow.ts': '',
  'src/engines/psa/judge-psa.ts': '',
  'src/engines/net/model/network.ts': '',
  'src/engines/net/ask/flow-verdict.ts': '',
  'src/engines/admission/chain.ts': '',
  'src/cluster/validation/pod.ts': '',
  'src/lang/addresses/cidr.ts': '',
  'src/lang/pods.fixture.ts': '',
  'src/cli/formats.ts': '',
  'src/lang/two.ts': "import type { A } from './one.ts';\nexport type B = A;",
};

/** [what is planted, the file it stands in, the code] */
const IMPURE: readonly (readonly [string, string, string])[] = [
  ['reads the clock', 'src/lang/addresses/cidr.ts', 'export const now = () => Date.now();'],
  ['makes the date of today', 'src/lang/time.ts', 'export const now = () => new Date();'],
  ['draws lots', 'src/lang/addresses/cidr.ts', 'export const any = () => Math.random();'],
  ['fetches', 'src/node/find.ts', "export const page = () => fetch('http://example.com');"],
  ['fetches through the global object', 'src/node/find.ts', "export const page = () => globalThis.fetch('x');"],
  ['opens a socket', 'rules/net/half-open.ts', "export const socket = () => new WebSocket('ws://example.com');"],
  ['waits', 'src/lang/wildcard.ts', 'export async function f() { await g(); }'],
  ['loads code later', 'src/engines/psp/judge-pod.ts', "export const f = () => import('./late.ts');"],
  ['makes a promise', 'src/engines/psp/judge-pod.ts', 'export const p = () => Promise.resolve(1);'],
  ['compares by locale', 'src/lang/nearest.ts', "export const c = (a: string) => a.localeCompare('b');"],
  ['collates', 'src/report/table.ts', 'export const c = () => new Intl.Collator();'],
  ['keeps state in a module', 'src/lang/truth.ts', 'let n = 0; export const next = () => (n += 1);'],
  ['exports a variable', 'src/lint/run/run-rules.ts', 'export let n = 0;'],
  ['prints', 'src/report/pretty.ts', "export const say = () => console.log('x');"],
  ['evaluates text', 'src/node/load.ts', "export const run = () => new Function('return 1');"],
];

let planted: string;
const found = new Map<string, readonly string[]>();

beforeAll(async () => {
  planted = mkdtempSync(join(tmpdir(), 'k8sec-holes-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(planted, path)), { recursive: true });
    writeFileSync(join(planted, path), `${text}\nexport type A = string;\n`);
  };
  for (const [path, text] of Object.entries(TARGETS)) write(path, text);
  for (const [, path, target] of IMPORTS) {
    const [, type = '', name = ''] = /^(type )?(.*)$/.exec(target) ?? [];
    write(
      path,
      `import ${type}${type === '' ? '' : '{ A } from '}'${name}';${type === '' ? '' : '\nexport type C = A;'}`,
    );
  }
  mkdirSync(join(planted, 'node_modules/ajv'), { recursive: true });
  writeFileSync(join(planted, 'node_modules/ajv/package.json'), '{"name":"ajv","main":"index.js"}');
  writeFileSync(join(planted, 'node_modules/ajv/index.js'), '');
  writeFileSync(join(planted, 'package.json'), '{"dependencies":{"ajv":"8"}}');
  writeFileSync(join(planted, 'tsconfig.json'), '{}');
  const file = pathToFileURL(join(import.meta.dirname, '../../.dependency-cruiser.mjs')).href;
  const { default: configuration } = (await import(file)) as {
    readonly default: { readonly forbidden: IForbiddenRuleType[]; readonly options: ICruiseOptions };
  };
  const { forbidden, options } = configuration;
  const asked = { ...options, baseDir: planted, ruleSet: { forbidden }, validate: true };
  const { output } = await cruise(['src', 'rules'], asked);
  for (const { from, rule } of (output as ICruiseResult).summary.violations)
    found.set(from, [...(found.get(from) ?? []), rule.name]);
});

afterAll(() => {
  rmSync(planted, { recursive: true, force: true });
});

describe('the check of import directions finds', () => {
  it.each(IMPORTS)('%s', (_what, path, _target, rule) => {
    expect(found.get(path) ?? []).toContain(rule);
  });

  it('nothing in what the plants lead to', () => {
    expect(Object.keys(TARGETS).filter((path) => found.has(path) && path !== 'src/lang/two.ts')).toEqual([]);
  });
});

describe('the check of purity finds code that', () => {
  const eslint = new ESLint({
    overrideConfigFile: true,
    overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }, ...purity],
  });

  it.each(IMPURE)('%s', async (_what, filePath, code) => {
    const [result] = await eslint.lintText(code, { filePath });
    expect(result?.errorCount).toBeGreaterThan(0);
  });

  it('and nothing in plain code', async () => {
    const [result] = await eslint.lintText('export const twice = (n: number) => new Date(n * 2);', {
      filePath: 'src/lang/addresses/cidr.ts',
    });
    expect(result?.errorCount).toBe(0);
  });
});
