/** The directory of a shown path, without a slash at its end; '' for a file that stands in none. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
