import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as k8sec from './browser.ts';
import { runProgram } from './cli/program.ts';
import { readTree } from './node/read-tree.ts';

const scenarios = join(import.meta.dirname, '../fixtures/scenarios');
const names = readdirSync(scenarios, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** What the command line prints for a scenario, parsed. */
async function printed(cwd: string, ...args: readonly string[]): Promise<unknown> {
  let text = '';
  const write = (piece: string): void => {
    text += piece;
  };
  const silent = { write: () => undefined, isTTY: false, columns: undefined };
  const stdout = { write, isTTY: false, columns: undefined };
  await runProgram([...args, '--format', 'json', '.'], {
    stdout,
    stderr: silent,
    stdin: () => new Uint8Array(),
    cwd,
    env: {},
    now: () => 0,
  });
  return JSON.parse(text);
}

function sent(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe.each(names.map(({ name }) => name))('the browser entry, for %s', (name) => {
  const cwd = join(scenarios, name);

  it('answers with the values that the command line prints', async () => {
    const input = await readTree({ cwd, paths: ['.'] });
    const { clusters } = k8sec.load(input);
    expect(sent(k8sec.lint(input))).toEqual(await printed(cwd, 'lint', '--exit-zero'));
    expect(sent(k8sec.admit(clusters))).toEqual(await printed(cwd, 'admit'));
    expect(sent(k8sec.admitExplain(clusters))).toEqual(await printed(cwd, 'admit', 'explain'));
    expect(sent(k8sec.pspMatrix(clusters))).toEqual(await printed(cwd, 'psp', 'matrix'));
    expect(sent(k8sec.pspExplain(clusters))).toEqual(await printed(cwd, 'psp', 'explain'));
    expect(sent(k8sec.pspAccounts(clusters))).toEqual(await printed(cwd, 'psp', 'matrix', '--accounts'));
    const [only, another] = clusters;
    if (only === undefined || another !== undefined) return;
    const { cluster } = only;
    expect(sent(k8sec.netList(cluster))).toEqual(await printed(cwd, 'net', 'list'));
    expect(sent(k8sec.netMatrix(cluster))).toEqual(await printed(cwd, 'net', 'matrix'));
    expect(sent(k8sec.netExposure(cluster))).toEqual(await printed(cwd, 'net', 'exposure'));
  });
});
