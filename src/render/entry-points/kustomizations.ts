import { classify } from '../../text/classify.ts';
import type { SourceDocument } from '../../text/source.ts';
import { child, type MapNode } from '../../text/tree.ts';
import { KUSTOMIZATION_FILES } from '../kustomize/build/load-target.ts';
import { baseName, joinPath, parentOf } from '../kustomize/read/posix-path.ts';
import { absolutePath } from './tree-paths.ts';

/** A kustomization among the documents of a tree. */
export interface KustomizationSource {
  /** Absolute, made up. */
  readonly directory: string;
  readonly document: SourceDocument;
  /** A component only changes what includes it: it is never built alone. */
  readonly isComponent: boolean;
  /** The directories of the kustomizations that it includes. */
  readonly includes: readonly string[];
}

/** The fields that name directories to build. */
const INCLUDING = ['resources', 'bases', 'components'] as const;

/** The kustomizations of a tree, by directory; a file of another name is built by nobody. */
export function kustomizationsOf(
  documents: readonly SourceDocument[],
  real: (path: string) => string,
): ReadonlyMap<string, KustomizationSource> {
  const found = new Map<string, KustomizationSource>();
  for (const document of documents) {
    const { file, root } = document;
    if (!KUSTOMIZATION_FILES.includes(baseName(file.path))) continue;
    const what = classify(document);
    // One that is no YAML is built all the same, for Kustomize's words, unless reading it said that already.
    if (what !== 'kustomization' && (what !== 'other' || root !== undefined)) continue;
    const directory = parentOf(absolutePath(file.path));
    if ((root !== undefined && root.type !== 'map') || found.has(directory)) continue;
    if (root === undefined) {
      found.set(directory, { directory, document, isComponent: false, includes: [] });
      continue;
    }
    const kind = child(root, 'kind');
    const isComponent = kind?.type === 'string' && kind.value === 'Component';
    found.set(directory, { directory, document, isComponent, includes: includedBy(root, directory) });
  }
  for (const [directory, source] of found) {
    if (source.includes.every((each) => found.has(each))) continue;
    // What a symbolic link leads to may be there under its own name.
    const includes = source.includes.map((each) => (found.has(each) ? each : real(each)));
    found.set(directory, { ...source, includes });
  }
  return found;
}

function includedBy(root: MapNode, directory: string): readonly string[] {
  return INCLUDING.flatMap((field) => {
    const items = child(root, field);
    if (items?.type !== 'list') return [];
    return items.items.flatMap((item) =>
      item.type === 'string' && !item.value.startsWith('/') ? [joinPath(directory, item.value)] : [],
    );
  });
}

/**
 * The kustomizations that nothing includes: each is built by itself. Of those that include one another in a circle, which cannot be built, the
 * first stands for all.
 */
export function rootKustomizations(all: ReadonlyMap<string, KustomizationSource>): readonly KustomizationSource[] {
  const included = new Set([...all.values()].flatMap(({ includes }) => includes));
  const roots = [...all.values()].filter(({ directory, isComponent }) => !isComponent && !included.has(directory));
  const reached = new Set<string>();
  for (const root of roots) reach(root.directory, all, reached);
  for (const each of all.values()) {
    if (each.isComponent || reached.has(each.directory)) continue;
    roots.push(each);
    reach(each.directory, all, reached);
  }
  return roots;
}

/** Adds the directories of a kustomization and of all that it includes, through others as well. */
export function reach(directory: string, all: ReadonlyMap<string, KustomizationSource>, reached: Set<string>): void {
  const pending = [directory];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const found = all.get(next);
    if (found === undefined || reached.has(next)) continue;
    reached.add(next);
    pending.push(...found.includes);
  }
}

/** How many kustomizations include each directory. */
export function usesOfDirectories(all: ReadonlyMap<string, KustomizationSource>): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { includes } of all.values()) {
    for (const directory of includes) uses.set(directory, (uses.get(directory) ?? 0) + 1);
  }
  return uses;
}
