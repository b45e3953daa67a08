import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './errors.ts';
import { ancestors, repositoryRoot } from './repository.ts';

/** The names of a configuration file, and where the others are told apart: package.json counts only with a key `k8sec`. */
export const CONFIG_NAMES: readonly string[] = ['k8sec.config.js', 'k8sec.config.mjs', '.k8sec.yaml', '.k8sec.yml'];

/**
 * The configuration that applies to `directory` (absolute): the nearest at or above it, up to the repository root; without a
 * repository only in `directory` and, where that lies below, up to `cwd`. Undefined when there is none.
 * @throws ConfigError where one directory holds two.
 */
export function findConfig(directory: string, cwd: string): string | undefined {
  const chain = ancestors(directory);
  const top = repositoryRoot(directory) ?? (chain.includes(cwd) ? cwd : directory);
  for (const candidate of chain.slice(0, chain.indexOf(top) + 1)) {
    const [found, another] = configsIn(candidate);
    if (another !== undefined) {
      throw new ConfigError(
        `two configurations in one directory: \`${found ?? ''}\` and \`${another}\``,
        'keep one, or name it with --config',
      );
    }
    if (found !== undefined) return join(candidate, found);
  }
  return undefined;
}

function configsIn(directory: string): string[] {
  const names = new Set(list(directory));
  const found = CONFIG_NAMES.filter((name) => names.has(name));
  if (names.has('package.json') && hasKey(join(directory, 'package.json'))) found.push('package.json');
  return found;
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    // A directory that may be passed through but not listed holds no configuration for us.
    return [];
  }
}

function hasKey(path: string): boolean {
  try {
    const text = readFileSync(path, 'utf8');
    return text.includes('"k8sec"') && Object.hasOwn(JSON.parse(text) as object, 'k8sec');
  } catch {
    // A package.json that is broken is npm's business.
    return false;
  }
}
