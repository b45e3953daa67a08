import { cleanPath, joinPath } from '../kustomize/read/posix-path.ts';

/*
 * Paths of a tree are shown relative to the user's directory, which nothing above the command line knows, and may lead above it. Kustomize thinks in
 * absolute paths: the user's directory gets a made-up one, deep enough for every `..` of a repository.
 */
const DEPTH = 32;
const HERE = Array.from({ length: DEPTH }, (_, level) => `/~${String(level)}`).join('');
const BELOW_HERE = `${HERE}/`;

/** The made-up absolute path of a shown one. */
export function absolutePath(shown: string): string {
  return shown.startsWith('/') ? cleanPath(shown) : joinPath(HERE, shown);
}

/** How a made-up absolute path is shown: relative to the user's directory; '.' for that directory. */
export function shownPathOf(absolute: string): string {
  if (absolute.startsWith(BELOW_HERE)) return absolute.slice(BELOW_HERE.length);
  if (!absolute.startsWith('/~0')) return absolute;
  const here = HERE.split('/');
  const parts = absolute.split('/');
  let common = 0;
  while (common < here.length && common < parts.length && here[common] === parts[common]) common++;
  return [...here.slice(common).map(() => '..'), ...parts.slice(common)].join('/') || '.';
}

/** A text with its made-up paths as they are shown. */
export function withShownPaths(text: string): string {
  return text.replaceAll(/\/~0[^\s'",;]*/g, (path) => {
    const trailing = /[:.]+$/.exec(path)?.[0] ?? '';
    return shownPathOf(path.slice(0, path.length - trailing.length)) + trailing;
  });
}
