import { once } from '../../lang/once.ts';
import { directoryOf } from '../../text/directory-of.ts';
import { sourceAt } from '../../text/position.ts';
import type { Problem, SourceDocument, SourceFile } from '../../text/source.ts';
import type { FileTree } from '../kustomize/read/loader.ts';
import { parentOf } from '../kustomize/read/posix-path.ts';
import type { SideEffect } from '../kustomize/failure/side-effect.ts';
import { type RenderFailure, renderKustomization, type Rendering } from '../kustomize/render-kustomization.ts';
import { type KustomizationSource, kustomizationsOf, reach, rootKustomizations } from './kustomizations.ts';
import { absolutePath, shownPathOf, withShownPaths } from './tree-paths.ts';

/** What lies beside the files that were given: a kustomization may name any file. Paths are shown ones. */
export interface Surroundings {
  file(path: string): SourceFile | undefined;
  isDirectory(path: string): boolean;
  /** The path without symbolic links; the path itself where nothing is there. */
  realPath?(path: string): string;
}

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
  /** Why it is not rendered; then its sources are judged as they stand. */
  readonly failure?: EntryFailure;
}

export interface EntryFailure {
  readonly message: string;
  /** What it would take; undefined where the build fails for its own faults. */
  readonly needs: RenderFailure['needs'];
}

/** A tree as its deployments would read it. */
export interface RenderedSources {
  /** The documents that rendered entry points apply, in place of the files that these take in. */
  readonly made: readonly SourceDocument[];
  readonly entryPoints: readonly EntryPoint[];
  /** The directories of rendered kustomizations: a file in one that is not taken in is listed by nobody. */
  readonly builtDirectories: ReadonlySet<string>;
  /** The shown paths of files that are only a part of rendered entry points. */
  readonly taken: ReadonlySet<string>;
  /** Kustomizations that were not rendered: how they change their sources is only known in part. */
  readonly open: ReadonlySet<SourceDocument>;
  readonly problems: readonly Problem[];
}

/** Builds what a tree is deployed from. Never throws for what files hold; a kustomization that cannot be built leaves its sources as they stand. */
export function renderSources(
  documents: readonly SourceDocument[],
  files: readonly SourceFile[],
  surroundings?: Surroundings,
): RenderedSources {
  // Only a tree with kustomizations needs it.
  const known = once(() => new Map(files.map((file) => [absolutePath(file.path), file])));
  const all = kustomizationsOf(documents, (path) =>
    known().has(path) ? path : absolutePath(surroundings?.realPath?.(shownPathOf(path)) ?? shownPathOf(path)),
  );
  const roots = rootKustomizations(all);
  if (roots.length === 0) {
    const open = new Set([...all.values()].map(({ document }) => document));
    return { made: [], entryPoints: [], builtDirectories: new Set(), taken: new Set(), open, problems: [] };
  }
  const tree = fileTree(known(), surroundings);
  const made: SourceDocument[] = [];
  const entryPoints: EntryPoint[] = [];
  const problems: Problem[] = [];
  const taken = new Set<string>();
  const rendered = new Set<SourceDocument>();
  for (const root of roots) {
    const strict = renderKustomization(tree, root.directory);
    const { failure, ...rendering } = isRestricted(strict) ? unrestricted(tree, root.directory, strict) : strict;
    const { file } = root.document;
    const path = shownPathOf(root.directory);
    const takes = takenBy(rendering.file, file);
    if (failure === undefined) {
      // Rendered objects stand in the kustomization that makes them.
      const whole: SourceFile = { ...rendering.file, path: file.path };
      for (const document of rendering.documents) made.push({ ...document, file: whole });
      for (const each of takes) taken.add(each);
      for (const each of within(root, all)) rendered.add(each.document);
      if (strict.failure !== undefined) problems.push(restrictedProblem(root, strict.file, strict.failure));
      entryPoints.push({ path, file, takes, effects: rendering.effects, built: rendering.file });
    } else {
      const message = withShownPaths(failure.message);
      entryPoints.push({
        path,
        file,
        takes,
        effects: [],
        built: rendering.file,
        failure: { message, needs: failure.needs },
      });
      problems.push(failureProblem(root, rendering.file, { ...failure, message }));
    }
  }
  const open = new Set([...all.values()].flatMap(({ document }) => (rendered.has(document) ? [] : [document])));
  const builtDirectories = new Set([...rendered].map(({ file }) => directoryOf(file.path)));
  return { made, entryPoints, builtDirectories, taken, open, problems };
}

/** Whether a build fails for nothing but a file that lies outside the directory of its kustomization. */
function isRestricted({ failure }: Rendering): boolean {
  return failure?.message.includes('security; file') === true;
}

/** The build without that restriction, as Flux makes it; where it fails for another reason, the first failure stands. */
function unrestricted(tree: FileTree, directory: string, strict: Rendering): Rendering {
  const lax = renderKustomization(tree, directory, { isUnrestricted: true });
  return lax.failure === undefined ? lax : strict;
}

function restrictedProblem(root: KustomizationSource, built: SourceFile, failure: RenderFailure): Problem {
  const message = withShownPaths(failure.message);
  return { ...failureProblem(root, built, { ...failure, needs: undefined, message }), atMost: 'info' };
}

function within(root: KustomizationSource, all: ReadonlyMap<string, KustomizationSource>): KustomizationSource[] {
  const reached = new Set<string>();
  reach(root.directory, all, reached);
  return [...reached].flatMap((directory) => all.get(directory) ?? []);
}

function takenBy({ parts = [] }: SourceFile, own: SourceFile): ReadonlySet<string> {
  return new Set([own.path, ...parts.map(({ file }) => file.path)]);
}

/** A build that fails for its own faults is one problem; what it would take to build the others is said once for each. */
function failureProblem(
  { document }: KustomizationSource,
  built: SourceFile,
  { message, span, needs }: RenderFailure,
): Problem {
  const place = sourceAt(built, span);
  const isKnown = place.file !== built;
  const file = isKnown ? place.file : document.file;
  const at = isKnown ? place.span : { start: document.span.start, end: document.span.start };
  if (needs === undefined) return { rule: 'kustomization-broken', file, span: at, message };
  const { takes, hint } = NEEDS[needs];
  const named = file.text.slice(at.start, at.end);
  const what = named === '' || named.includes('\n') ? 'it' : `\`${named}\``;
  return { rule: 'kustomization-not-rendered', file, span: at, message: `${what} takes ${takes}`, hint };
}

const NEEDS: Readonly<
  Record<Exclude<RenderFailure['needs'], undefined>, { readonly takes: string; readonly hint: string }>
> = {
  network: {
    takes: 'the network',
    hint: 'copy the remote source into the repository, or lint the output of `kustomize build`',
  },
  plugin: { takes: 'a plugin', hint: 'lint the output of `kustomize build`' },
  helm: { takes: 'Helm', hint: 'lint the output of `kustomize build --enable-helm`' },
};

/** The files of a tree by their made-up absolute paths. */
function fileTree(known: ReadonlyMap<string, SourceFile>, surroundings: Surroundings | undefined): FileTree {
  const directories = new Set<string>(['/']);
  for (const path of known.keys()) {
    for (let directory = parentOf(path); !directories.has(directory); directory = parentOf(directory))
      directories.add(directory);
  }
  const asked = new Map<string, SourceFile | undefined>();
  return {
    file: (path) => {
      const file = known.get(path);
      if (file !== undefined || surroundings === undefined || directories.has(path)) return file;
      if (!asked.has(path)) asked.set(path, surroundings.file(shownPathOf(path)));
      return asked.get(path);
    },
    isDirectory: (path) => directories.has(path) || surroundings?.isDirectory(shownPathOf(path)) === true,
  };
}
