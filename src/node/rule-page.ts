import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The Markdown page of a built-in rule, by id. The package carries `rules/` as the repository does; a built-in rule always has a page. */
export function rulePage(id: string): string {
  return readFileSync(join(packageRoot(), 'rules', `${id}.md`), 'utf8');
}

/** This module runs from `src/node/` and, bundled, from `dist/chunks/`: only the package's root has a package.json. */
function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
