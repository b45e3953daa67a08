import type { SourceFile } from '../../text/source.ts';
import type { FileTree } from '../kustomize/read/loader.ts';
import { type RenderFailure, renderKustomization, type Rendering } from '../kustomize/render-kustomization.ts';
import type { EntryPoint } from './entry-point.ts';

/** A failure, and the text that its place is in. */
type PlacedFailure = RenderFailure & { readonly file: SourceFile };

/** What became of a root. */
export interface Built {
  readonly rendering: Rendering;
  readonly extent: EntryPoint['extent'];
  /** Why nothing builds it. */
  readonly failure: PlacedFailure | undefined;
  /** Why the command line asks to be told before it builds it, since it reads files from elsewhere: Flux asks for nothing. */
  readonly restriction: PlacedFailure | undefined;
}

/** The build of a directory; where it fails, the build as Flux makes it, without the restriction to files in or below; then what can be built of it. */
export function buildRoot(tree: FileTree, directory: string): Built {
  const strict = renderKustomization(tree, directory, { isPartial: true });
  const restriction = restrictionOf(strict);
  if (restriction === undefined) return outcome(tree, directory, strict);
  const free = outcome(
    tree,
    directory,
    renderKustomization(tree, directory, { isUnrestricted: true, isPartial: true }),
  );
  const isAtFault = free.failure !== undefined && free.failure.needs === undefined;
  return isAtFault ? free : { ...free, restriction };
}

/** A build may fail for something else first. */
function restrictionOf(rendering: Rendering): PlacedFailure | undefined {
  const cause = causeOf(rendering);
  if (cause === undefined || cause.isGivenUp) return undefined;
  const found = [cause, ...rendering.gaps].find(({ message }) => message.includes('security; file'));
  return found && { ...found, file: rendering.file };
}

function causeOf({ file, failure, wholeFailure = failure }: Rendering): PlacedFailure | undefined {
  return wholeFailure && { ...wholeFailure, file };
}

function outcome(tree: FileTree, directory: string, rendering: Rendering): Built {
  const failure = causeOf(rendering);
  const built = { rendering, failure, restriction: undefined };
  if (failure === undefined) return { ...built, extent: 'whole' };
  if (failure.isGivenUp) return { ...built, extent: 'none' };
  if (rendering.failure === undefined) return { ...built, extent: 'part' };
  // What it takes in is told as far as the real tool gets.
  return { ...built, rendering: renderKustomization(tree, directory), extent: 'none' };
}
