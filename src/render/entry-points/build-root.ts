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
  const strict = renderKustomization(tree, directory);
  if (strict.failure === undefined) return { rendering: strict, extent: 'whole', failure: undefined };
  const failure = { ...strict.failure, file: strict.file };
  if (failure.isGivenUp) return { rendering: strict, extent: 'none', failure };
  const isRestricted = !strict.failure.message.includes('security; file');
  if (!isRestricted) {
    const lax = renderKustomization(tree, directory, { isUnrestricted: true });
    if (lax.failure === undefined) return { rendering: lax, extent: 'whole', failure };
  }
  const part = renderKustomization(tree, directory, { isUnrestricted: !isRestricted, isPartial: true });
  return part.failure === undefined
    ? { rendering: part, extent: 'part', failure }
    : { rendering: strict, extent: 'none', failure };
}
