import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replayScenario } from './scenario.fixture.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/cli');
let directory: string;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'k8sec-cli-')));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const scenarios = readdirSync(FOLDER).filter((name) => name.endsWith('.scenario'));

// `UPDATE=1 npx vitest run src/cli` writes what came out; read the difference before you commit it.
test.each(scenarios)('%s is what the commands print', async (name) => {
  const path = join(FOLDER, name);
  const expected = readFileSync(path, 'utf8');
  const actual = await replayScenario(expected, directory);
  if (process.env.UPDATE === '1') writeFileSync(path, actual);
  else expect(actual).toBe(expected);
});
