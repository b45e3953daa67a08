import type { SourceFile } from '../../text/source.ts';
import type { FileTree } from '../kustomize/read/loader.ts';
import { type RenderFailure, renderKustomization, type Rendering } from '../kustomize/render-kustomization.ts';
import type { EntryPoint } from './entry-point.ts';

/** What became of a root. */
export interface Built {
  readonly rendering: Rendering;
  readonly extent: EntryPoint['extent'];
  /** Why the real tool does not build it as it stands; what it asks to be told where `extent` is `whole`. */
  readonly failure: ({ readonly file: SourceFile } & RenderFailure) | undefined;
}

/** The build of a directory; where it fails, the build as Flux makes it, without the restriction to files in or below; then what can be built of it. */
export function buildRoot(tree: FileTree, directory: string): Built {
  const strict = renderKustomization(tree, directory, { isPartial: true });
  const cause = strict.wholeFailure ?? strict.failure;
  if (cause === undefined) return { rendering: strict, extent: 'whole', failure: undefined };
  const failure = { ...cause, file: strict.file };
  if (cause.isGivenUp) return { rendering: strict, extent: 'none', failure };
  let part = strict;
  if (cause.message.includes('security; file')) {
    part = renderKustomization(tree, directory, { isUnrestricted: true, isPartial: true });
    if ((part.wholeFailure ?? part.failure) === undefined) return { rendering: part, extent: 'whole', failure };
  }
  if (part.failure === undefined) return { rendering: part, extent: 'part', failure };
  // What it takes in is told as far as the real tool gets.
  return { rendering: renderKustomization(tree, directory), extent: 'none', failure };
}
