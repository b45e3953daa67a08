import { once } from '../../lang/once.ts';
import { directoryOf } from '../../text/directory-of.ts';
import type { Problem, SourceDocument, SourceFile } from '../../text/source.ts';
import type { Lack } from '../kustomize/failure/gap.ts';
import type { FileTree } from '../kustomize/read/loader.ts';
import { parentOf } from '../kustomize/read/posix-path.ts';
import { buildProblems, firstOfFiles, reasonIn } from './build-problems.ts';
import { type Built, buildRoot } from './build-root.ts';
import type { EntryPoint } from './entry-point.ts';
import { isMadeBefore, templatesOf } from './made-before.ts';
import {
  type KustomizationSource,
  kustomizationsOf,
  reach,
  rootKustomizations,
  usesOfDirectories,
} from './kustomizations.ts';
import { absolutePath, shownPathOf, withShownPaths } from './tree-paths.ts';

/** What lies beside the files that were given: a kustomization may name any file. Paths are shown ones. */
export interface Surroundings {
  file(path: string): SourceFile | undefined;
  isDirectory(path: string): boolean;
  /** The path without symbolic links; the path itself where nothing is there. */
  realPath?(path: string): string;
  /** Whether git leaves a path out, so that what is missing there is made before it is read. */
  isIgnored?(path: string): boolean;
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
  /** Kustomizations that were not rendered, or not as a whole: how they change sources that they do not take in is only known in part. */
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
  const uses = usesOfDirectories(all);
  const tree: FileTree = { ...fileTree(known(), surroundings), usesOf: (directory) => uses.get(directory) ?? 0 };
  const made: SourceDocument[] = [];
  const entryPoints: EntryPoint[] = [];
  const problems: Problem[] = [];
  const taken = new Set<string>();
  const rendered = new Set<KustomizationSource>();
  const whole = new Set<KustomizationSource>();
  const add = (root: KustomizationSource, built: Built, lacks: readonly Lack[]): void => {
    const { rendering, extent, failure } = built;
    const { file } = root.document;
    const takes = takenBy(rendering.file, file);
    if (extent !== 'none') {
      // Rendered objects stand in the kustomization that makes them.
      const text: SourceFile = { ...rendering.file, path: file.path };
      for (const document of rendering.documents) made.push({ ...document, file: text });
      for (const each of takes) taken.add(each);
      for (const each of within(root, all)) {
        rendered.add(each);
        if (extent === 'whole') whole.add(each);
      }
    }
    const message = failure === undefined ? '' : withShownPaths(reasonIn(failure.message));
    entryPoints.push({
      path: shownPathOf(root.directory),
      file,
      takes,
      // What a part that is missing would do may be what a target waits for.
      effects: extent === 'whole' ? rendering.effects : [],
      built: rendering.file,
      extent,
      lacks: new Set([...lacks, ...rendering.gaps.flatMap((gap) => gap.lacks)]),
      ...(failure === undefined ? {} : { failure: { message, needs: failure.needs } }),
    });
    problems.push(...buildProblems(root.document, built));
  };
  const failed: KustomizationSource[] = [];
  const tried = new Set<string>();
  const build = (root: KustomizationSource, lacks: readonly Lack[]): void => {
    tried.add(root.directory);
    const built = buildRoot(tree, root.directory);
    add(root, built, lacks);
    if (built.extent === 'none' && built.failure?.isGivenUp !== true) failed.push(root);
  };
  for (const root of roots) build(root, []);
  // What a kustomization that cannot be read includes is applied only through it; by itself it is nearer to that than as it is written.
  for (const { includes } of failed) {
    for (const directory of includes) {
      const root = all.get(directory);
      if (root === undefined || root.isComponent || rendered.has(root) || tried.has(directory)) continue;
      build(root, ['objects', 'changes']);
    }
  }
  const open = new Set([...all.values()].flatMap((each) => (whole.has(each) ? [] : [each.document])));
  const builtDirectories = new Set([...rendered].map(({ document }) => directoryOf(document.file.path)));
  return { made, entryPoints, builtDirectories, taken, open, problems: firstOfFiles(problems) };
}

function within(root: KustomizationSource, all: ReadonlyMap<string, KustomizationSource>): KustomizationSource[] {
  const reached = new Set<string>();
  reach(root.directory, all, reached);
  return [...reached].flatMap((directory) => all.get(directory) ?? []);
}

function takenBy({ parts = [] }: SourceFile, own: SourceFile): ReadonlySet<string> {
  return new Set([own.path, ...parts.map(({ file }) => file.path)]);
}

/** The files of a tree by their made-up absolute paths. */
function fileTree(known: ReadonlyMap<string, SourceFile>, surroundings: Surroundings | undefined): FileTree {
  const directories = new Set<string>(['/']);
  for (const path of known.keys()) {
    for (let directory = parentOf(path); !directories.has(directory); directory = parentOf(directory))
      directories.add(directory);
  }
  const asked = new Map<string, SourceFile | undefined>();
  const isThere = new Map<string, boolean>();
  const file = (path: string): SourceFile | undefined => {
    const given = known.get(path);
    if (given !== undefined || surroundings === undefined || directories.has(path)) return given;
    if (!asked.has(path)) asked.set(path, surroundings.file(shownPathOf(path)));
    return asked.get(path);
  };
  const isMade = new Map<string, boolean>();
  const madeBefore = (path: string): boolean =>
    isMadeBefore(path) ||
    surroundings?.isIgnored?.(shownPathOf(path)) === true ||
    templatesOf(path).some((template) => file(template) !== undefined);
  return {
    file,
    isDirectory: (path) => {
      if (directories.has(path)) return true;
      if (surroundings === undefined || known.has(path)) return false;
      let answer = isThere.get(path);
      if (answer === undefined) isThere.set(path, (answer = surroundings.isDirectory(shownPathOf(path))));
      return answer;
    },
    isMadeBefore: (path) => {
      let answer = isMade.get(path);
      if (answer === undefined) isMade.set(path, (answer = madeBefore(path)));
      return answer;
    },
  };
}
