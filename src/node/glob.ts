import { resolve } from 'node:path';
import fastGlob from 'fast-glob';
import { UsageError } from '../ask/values/usage-error.ts';
import { ignoredBelow } from './ignore-rules.ts';
import { repositoryRoot } from './repository.ts';
import { toPosix } from './shown-path.ts';
import { isManifestName } from './walk.ts';

/**
 * The files (absolute) that `patterns` match, without what `.gitignore` leaves out. A pattern that does not say how the name ends
 * (`manifests/**`) means manifests only.
 * @throws UsageError for a pattern that matches nothing.
 */
export async function expandGlobs(patterns: readonly string[], cwd: string): Promise<string[]> {
  const found: string[] = [];
  for (const pattern of patterns) {
    const matches = await expandGlob(pattern, cwd);
    if (matches.length === 0) {
      throw new UsageError(
        `no file matches \`${pattern}\``,
        'quote patterns so that the shell hands them over; files that .gitignore leaves out do not count',
      );
    }
    found.push(...matches);
  }
  return found;
}

/** The files (absolute) that one pattern, relative to `cwd`, matches; a directory means everything in it. */
export async function expandGlob(given: string, cwd: string): Promise<string[]> {
  const pattern = toPosix(given);
  const base = resolve(cwd, fastGlob.generateTasks(pattern)[0]?.base ?? '.');
  const matches = await fastGlob(pattern, {
    cwd,
    absolute: true,
    dot: true,
    suppressErrors: true,
    ignore: ['**/node_modules/**', '**/.git/**'],
  });
  const isIgnored = ignoredBelow(base, repositoryRoot(base));
  const wanted = pattern.endsWith('*') ? isManifestName : () => true;
  return matches.map((match) => resolve(match)).filter((match) => wanted(match) && !isIgnored(match));
}
