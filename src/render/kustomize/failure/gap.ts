import type { KustomizeFailure } from './kustomize-failure.ts';

/**
 * What a part of a kustomization that cannot be built would do: add objects, of which `secrets` hold nothing but data; change the others, their names and
 * namespaces as well.
 */
export type Lack = 'objects' | 'secrets' | 'changes';

/** A part of a kustomization that cannot be built, and is left out; its failure's place is in the text space of the build. */
export interface Gap {
  readonly failure: KustomizeFailure;
  /** Nothing where the part is for objects that are missing themselves. */
  readonly lacks: readonly Lack[];
}
