import type { SourceDocument, SourceFile } from '../../text/source.ts';
import type { Span, Tree } from '../../text/tree.ts';
import type { Cause, YamlNode } from '../../text/yaml/nodes/yaml-node.ts';
import { accumulate } from './build/accumulate.ts';
import { emptyAccumulator } from './build/accumulator.ts';
import { Build } from './build/build.ts';
import { finish, type Reorder } from './build/finish.ts';
import { loadTarget, setSchema } from './build/load-target.ts';
import { ROOT_ORIGIN } from './build/origins.ts';
import type { Gap } from './failure/gap.ts';
import { BuildGivenUp, KustomizeFailure } from './failure/kustomize-failure.ts';
import type { SideEffect } from './failure/side-effect.ts';
import { goJson } from './node/go-json.ts';
import { demandJson } from './node/values.ts';
import { treeOf } from './node/to-tree.ts';
import { confirmDirectory, Loader, type FileTree } from './read/loader.ts';
import { joinPath } from './read/posix-path.ts';
import { gitRepository } from './read/remote.ts';

/** What a build is asked for besides its directory. */
export interface RenderOptions {
  /** Whether files may lie outside the directory of the kustomization that names them (`--load-restrictor LoadRestrictionsNone`). */
  readonly isUnrestricted?: boolean;
  /** Whether what cannot be built is left out and the rest built, as the real tool never does; the kustomization itself must be readable. */
  readonly isPartial?: boolean;
  /** The order of objects where the kustomization says none (`--reorder`): `legacy` if absent, as on the command line. */
  readonly reorder?: Reorder;
}

/** One object that a kustomization makes. */
export interface RenderedDocument extends SourceDocument {
  /** Of values that are not written literally at their place, what made them: the fields of kustomizations, and values that were copied. */
  readonly causes: ReadonlyMap<Tree, readonly Cause[]>;
}

/** Why a kustomization is not built. */
export interface RenderFailure {
  /** What the real tool says, less its dumps of Go values. */
  readonly message: string;
  /** In `file`; the line of the innermost kustomization, patch or resource that is known to be at fault. */
  readonly span: Span;
  /** What it would take: a build reaches no network and runs no program. */
  readonly needs: KustomizeFailure['needs'];
  /** The objects that the real tool prints into its message, as JSON. */
  readonly about: string | undefined;
  /** Whether the build would never end, or nearly so: nothing of it is tried again. */
  readonly isGivenUp: boolean;
}

/** A part of a kustomization that was left out; its place is in `file`. */
export interface RenderGap extends RenderFailure, Pick<Gap, 'lacks'> {}

/** What `kustomize build` makes of a directory. */
export interface Rendering {
  /** All the files of the build in one; spans of documents, causes and the failure count in it, and `sourceAt` leads to the file that was meant. */
  readonly file: SourceFile;
  /** In the order in which they are applied; none where the build fails. */
  readonly documents: readonly RenderedDocument[];
  readonly failure: RenderFailure | undefined;
  /** Of a build that may be partial: what it fails for if it may not be, where that is something that was left out. */
  readonly wholeFailure: RenderFailure | undefined;
  /** What the real tool prints besides: deprecated fields, vars without a use. */
  readonly warnings: readonly string[];
  /** What the build does without a word that hardly anyone means; none where it fails. */
  readonly effects: readonly SideEffect[];
  /** What was left out of a partial build. */
  readonly gaps: readonly RenderGap[];
}

/**
 * Builds the kustomization of a directory as `kustomize build` does without network and plugins (mirrors kustomize api and kyaml v0.21.2). A function
 * of the files: nothing is read but through `tree`, whose paths are absolute and clean. Time and memory are bounded; whatever is wrong is a failure, never thrown.
 */
export function renderKustomization(tree: FileTree, directory: string, options: RenderOptions = {}): Rendering {
  const build = new Build(tree, options.isPartial === true);
  const path = joinPath(joinPath('/', directory), 'kustomization.yaml');
  try {
    const items = buildItems(build, directory, options);
    const whole = items.map((item) => {
      demandPrintable(item.root);
      return treeOf(item.root, (span) => build.space.place(span));
    });
    const file = build.space.toFile(path);
    const documents = whole.map(({ tree: root, causes }, index): RenderedDocument => {
      const { start, end } = root;
      return { file, index, format: 'yaml', span: { start, end }, root, problems: [], causes };
    });
    const effects = build.effects.map((effect) => ({
      ...effect,
      ...build.space.place(effect),
      lost: effect.lost.map((span) => build.space.place(span)),
    }));
    const gaps = build.gaps.map(({ failure, lacks }) => ({ ...failureOf(build, failure), lacks }));
    const { warnings } = build;
    return { file, documents, failure: undefined, wholeFailure: wholeFailureOf(build), warnings, effects, gaps };
  } catch (error) {
    if (!(error instanceof KustomizeFailure)) throw error;
    const [file, failure, wholeFailure] = [build.space.toFile(path), failureOf(build, error), wholeFailureOf(build)];
    return { file, documents: [], failure, wholeFailure, warnings: build.warnings, effects: [], gaps: [] };
  }
}

function wholeFailureOf(build: Build): RenderFailure | undefined {
  return build.wholeFailure && failureOf(build, build.wholeFailure);
}

function failureOf({ space }: Build, failure: KustomizeFailure): RenderFailure {
  const { message, span = { start: 0, end: 0 }, needs, about } = failure;
  return { message, span: space.place(span), needs, about, isGivenUp: failure instanceof BuildGivenUp };
}

function buildItems(build: Build, directory: string, options: RenderOptions): ReturnType<typeof finish> {
  if (gitRepository(directory) !== undefined) {
    throw new KustomizeFailure(`no 'git' program on path: ${directory}`, undefined, 'network');
  }
  const root = confirmDirectory(build.tree, directory);
  const target = loadTarget(build, new Loader(build.tree, root, options.isUnrestricted !== true));
  build.attempt(['changes'], () => {
    setSchema(build, target, true);
  });
  const gathered = emptyAccumulator();
  const tracksOrigins = target.fields.items('buildMetadata').length > 0;
  accumulate(build, target, gathered, tracksOrigins ? ROOT_ORIGIN : undefined);
  return finish(build, target, gathered, options.reorder);
}

/** Fails for what cannot be printed; a value that JSON has not is shown with everything around it. */
function demandPrintable(root: YamlNode): void {
  try {
    demandJson(root);
  } catch (error) {
    if (!(error instanceof KustomizeFailure) || error.message.includes('already defined')) throw error;
    throw new KustomizeFailure(error.message, error.span, error.needs, goJson(root));
  }
}
