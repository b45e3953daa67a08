import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest directory at or above `directory` (absolute) that holds `.git`; undefined outside a repository. */
export function repositoryRoot(directory: string): string | undefined {
  return ancestors(directory).find((candidate) => existsSync(join(candidate, '.git')));
}

/** `directory` and every directory above it, nearest first. */
export function ancestors(directory: string): string[] {
  const chain = [directory];
  for (let current = directory; ;) {
    const parent = dirname(current);
    if (parent === current) return chain;
    chain.push(parent);
    current = parent;
  }
}
