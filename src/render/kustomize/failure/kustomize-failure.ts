import type { Span } from '../../../text/tree.ts';

/**
 * Why a kustomization cannot be built, in the words of the real tool (less its dumps of Go values); thrown inside the renderer only.
 * `span` is the place, in the text space of the build, that the nearest caller with a place gave it. No `Error`, since failures are expected by the
 * thousand (a path is tried as a file, then as a directory) and a stack takes longer than what it is about.
 */
export class KustomizeFailure {
  readonly message: string;
  readonly span: Span | undefined;
  /** What no build without network and plugins can have, if that is the reason; of an earlier step, a file that it makes. */
  readonly needs: 'network' | 'plugin' | 'helm' | 'earlier step' | undefined;

  /** The objects that the real tool prints into its message, as JSON. */
  readonly about: string | undefined;

  constructor(message: string, span?: Span, needs?: KustomizeFailure['needs'], about?: string) {
    this.message = message;
    this.span = span;
    this.needs = needs;
    this.about = about;
  }
}

/** A build that would never end: it ends at once, whatever else could be tried. */
export class BuildGivenUp extends KustomizeFailure {}

/** Runs `step`; a failure in it without a place of its own happened at `span`, and gets `prefix` before its text. */
export function within<T>(span: Span | undefined, prefix: string | (() => string), step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof KustomizeFailure) || error instanceof BuildGivenUp) throw error;
    throw failureWithin(span, prefix, error);
  }
}

/** A failure as it comes out of such a step. */
export function failureWithin(
  span: Span | undefined,
  prefix: string | (() => string),
  { message, span: at = span, needs, about }: KustomizeFailure,
): KustomizeFailure {
  return new KustomizeFailure((typeof prefix === 'string' ? prefix : prefix()) + message, at, needs, about);
}
