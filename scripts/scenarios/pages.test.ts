import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { consoleSteps, renderPage } from './console-page.ts';
import { scenarioPages } from './pages.ts';
import { runCommand } from './run-command.ts';

describe.each(scenarioPages().map((path) => [basename(dirname(path)), path] as const))(
  'the page of %s',
  (_name, path) => {
    const page = readFileSync(path, 'utf8');

    it('asks k8sec something', () => {
      expect(consoleSteps(page).length).toBeGreaterThan(0);
    });

    it('shows what k8sec prints; `npx tsx scripts/scenarios/main.ts` brings it up to date', async () => {
      expect(await renderPage(page, (command) => runCommand(command, dirname(path)))).toBe(page);
    });
  },
);
