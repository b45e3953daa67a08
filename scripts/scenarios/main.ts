// Fills the console blocks of the scenarios' pages with what k8sec prints: npx tsx scripts/scenarios/main.ts [PAGE ...]
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { renderPage } from './console-page.ts';
import { scenarioPages } from './pages.ts';
import { runCommand } from './run-command.ts';

const chosen = process.argv.slice(2);
for (const path of chosen.length > 0 ? chosen : scenarioPages()) {
  const page = readFileSync(path, 'utf8');
  const rendered = await renderPage(page, (command) => runCommand(command, dirname(path)));
  if (rendered === page) continue;
  writeFileSync(path, rendered);
  process.stdout.write(`${path}\n`);
}
