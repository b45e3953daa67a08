import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { consoleSteps, shownOutput } from './console-page.ts';
import { scenarioPages } from './pages.ts';
import { runCommand } from './run-command.ts';

describe.each(scenarioPages().map((path) => [basename(dirname(path)), path] as const))(
  'the page of %s',
  (_name, path) => {
    const page = readFileSync(path, 'utf8');

    it('asks k8sec something', () => {
      expect(consoleSteps(page).length).toBeGreaterThan(0);
    });

    // `npx tsx scripts/scenarios/main.ts` brings the page up to date.
    it.each(consoleSteps(page))('shows what `$command` prints', async ({ command, output }) => {
      expect(shownOutput(await runCommand(command, dirname(path)))).toBe(output);
    });
  },
);
