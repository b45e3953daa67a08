import type { SourceFile } from './source.ts';
import type { Span } from './tree.ts';

/** `apiVersion` or `kind` as the key of a line that is not indented, or as the first thing of a document. */
const YAML_KEY = /(?:^|\n)(?:\uFEFF|- )?(["']?)(?:apiVersion|kind)\1[ \t]*:/;
const FIRST_KEY = /^\s*(?:- +)?(["']?)(?:apiVersion|kind)\1[ \t]*:/;
/** JSON, and YAML in braces, may stand on one line. */
const FLOW_START = /^\s*[{[]/;
const FLOW_KEY = /[{,[\s](["']?)apiVersion\1\s*:/;

/**
 * Whether a stretch of text that cannot be read says that it is a Kubernetes manifest. Folders hold much YAML and JSON that no cluster
 * ever sees, in dialects that the server's reader refuses: comments in JSON, templates, tags of other programs.
 */
export function claimsManifest({ text: whole }: SourceFile, { start, end }: Span): boolean {
  const chunk = whole.slice(start, end);
  // Text in UTF-16 that was read as UTF-8 has a NUL beside every letter.
  const text = chunk.includes('\0') ? chunk.replaceAll('\0', '') : chunk;
  if (YAML_KEY.test(text) || FIRST_KEY.test(text)) return true;
  return FLOW_START.test(text) && FLOW_KEY.test(text);
}
