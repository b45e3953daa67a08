import type { SourceFile } from '../../text/source.ts';
import type { Lack } from '../kustomize/failure/gap.ts';
import type { SideEffect } from '../kustomize/failure/side-effect.ts';
import type { RenderFailure } from '../kustomize/render-kustomization.ts';

/** A place where a deployment begins, and what it applies. */
export interface EntryPoint {
  /** The directory, as shown. */
  readonly path: string;
  /** The kustomization file. */
  readonly file: SourceFile;
  /** The shown paths of the files that it takes in, its own included. */
  readonly takes: ReadonlySet<string>;
  /** What its build does without a word; spans count in `built`. */
  readonly effects: readonly SideEffect[];
  /** All the files of the build in one. */
  readonly built: SourceFile;
  /** How much of it is rendered; of `none` the sources are judged as they stand, and the kustomizations that it includes are built by themselves. */
  readonly extent: 'whole' | 'part' | 'none';
  /** What is missing from what is rendered, since it could not be. */
  readonly lacks: ReadonlySet<Lack>;
  /** Why it is not rendered as a whole. */
  readonly failure?: EntryFailure;
}

/** Why an entry point is not built, in the words of Kustomize. */
export interface EntryFailure {
  readonly message: string;
  /** What it would take; undefined where the build fails for its own faults. */
  readonly needs: RenderFailure['needs'];
}
