import { plainJson } from '../../model/object-value.ts';
import type { Json } from '../../model/object.ts';
import { lineColumn, sourceAt } from '../../text/position.ts';
import type { SourceFile } from '../../text/source.ts';
import { locate, type FieldPath, type Span } from '../../text/tree.ts';
import type { FileTree } from './read/loader.ts';
import { renderKustomization, type Rendering, type RenderOptions } from './render-kustomization.ts';

/** Files by absolute path, with every directory above them. */
export function filesOf(texts: Readonly<Record<string, string>>): FileTree {
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, { path, text } satisfies SourceFile]));
  return {
    file: (path) => files.get(path),
    isDirectory: (path) => path === '/' || [...files.keys()].some((each) => each.startsWith(`${path}/`)),
  };
}

export function render(texts: Readonly<Record<string, string>>, directory: string, options?: RenderOptions): Rendering {
  return renderKustomization(filesOf(texts), directory, options);
}

/** The objects as plain values; the message where there are none. */
export function objectsOf({ documents, failure }: Rendering): Json[] | string {
  return failure?.message ?? documents.map(({ root }) => (root === undefined ? null : plainJson(root)));
}

/** `path:line: text` of a place. */
export function placeOf({ file }: Rendering, span: Span): string {
  const place = sourceAt(file, span);
  const text = place.file.text.slice(place.span.start, place.span.end);
  return `${place.file.path}:${String(lineColumn(file, span.start).line)}: ${text}`;
}

/** Where a value of an object stands, and what made it. */
export function originOf(rendering: Rendering, index: number, path: FieldPath): readonly string[] {
  const document = rendering.documents[index];
  if (document?.root === undefined) return [];
  const span = locate(document.root, path);
  const causes = [...document.causes].find(([tree]) => tree === span)?.[1] ?? [];
  return [placeOf(rendering, span), ...causes.map((cause) => `${cause.by} ${placeOf(rendering, cause)}`)];
}
