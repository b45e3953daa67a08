import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../fixtures/scenarios', import.meta.url));

/** The pages that tell the scenarios: one README for each folder. */
export function scenarioPages(): string[] {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map((entry) => join(folder, entry.name, 'README.md')).sort();
}
