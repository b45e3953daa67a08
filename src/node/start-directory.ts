import { type Stats, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { type FindRequest, isGlob } from './find.ts';
import { toPosix } from './shown-path.ts';

/** The directory (absolute) from which the configuration for a request is looked for: the deepest one that holds all its paths. */
export function startDirectory(request: FindRequest): string {
  const [first, ...others] = (request.paths.length === 0 ? ['.'] : request.paths).map((path) =>
    directoryOf(path, request),
  );
  let common = first ?? request.cwd;
  for (const other of others) {
    while (!isWithin(other, common)) common = dirname(common);
  }
  return common;
}

function directoryOf(path: string, { cwd, stdinName }: FindRequest): string {
  if (path === '-') return stdinName === undefined ? cwd : dirname(resolve(cwd, stdinName));
  const absolute = resolve(cwd, path);
  const stat = statOf(absolute);
  if (stat !== undefined) return stat.isDirectory() ? absolute : dirname(absolute);
  const parts = toPosix(path).split('/');
  const magic = parts.findIndex((part) => isGlob(part));
  const fixed = parts.slice(0, magic === -1 ? -1 : magic);
  return resolve(cwd, fixed.length === 1 && fixed[0] === '' ? '/' : fixed.join('/'));
}

/** Undefined for what is not there and for what cannot be reached: it is reading that explains a path that is of no use. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}
