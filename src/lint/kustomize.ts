import { classify } from '../text/classify.ts';
import type { SourceDocument } from '../text/source.ts';
import { child, type MapNode, type Tree } from '../text/tree.ts';

/** What Kustomize does with the files of a tree. */
export interface KustomizeUse {
  /** Files that are patches: their objects are fragments of others. */
  readonly patches: ReadonlySet<string>;
  /** Files whose objects get another namespace or name, or are patched, before they are applied. */
  readonly transformed: ReadonlySet<string>;
}

/** Transformations after which a manifest says something else about who may do what, and what runs. */
const TRANSFORMS = ['namespace', 'namePrefix', 'nameSuffix', 'patches', 'patchesStrategicMerge', 'patchesJson6902'];

/** Reads the kustomizations among documents, as far as they tell which files are not applied as they stand. */
export function kustomizeUse(documents: readonly SourceDocument[]): KustomizeUse {
  const kustomizations = documents.filter((document) => classify(document) === 'kustomization');
  const patches = new Set<string>();
  const transformed = new Set<string>();
  if (kustomizations.length === 0) return { patches, transformed };
  const folders = foldersOf(documents);
  for (const { file, root } of kustomizations) {
    if (root?.type === 'map') folders.get(folderOf(file.path))?.kustomizations.push(root);
  }
  for (const [folder, { kustomizations: roots }] of folders) {
    for (const root of roots) for (const path of patchPaths(root)) patches.add(normalize(folder + path));
    if (roots.some((root) => TRANSFORMS.some((field) => child(root, field) !== undefined))) {
      follow(folder, folders, transformed, new Set());
    }
  }
  return { patches, transformed };
}

/** For every kustomization that takes in files of other folders: all files that it applies together. */
export function appliedTogether(documents: readonly SourceDocument[]): readonly ReadonlySet<string>[] {
  const folders = foldersOf(documents);
  for (const document of documents) {
    if (classify(document) !== 'kustomization' || document.root?.type !== 'map') continue;
    folders.get(folderOf(document.file.path))?.kustomizations.push(document.root);
  }
  return [...folders].flatMap(([folder, { kustomizations }]) => {
    if (kustomizations.length === 0) return [];
    const taken = new Set<string>();
    follow(folder, folders, taken, new Set());
    return [...taken].some((path) => folderOf(path) !== folder) ? [taken] : [];
  });
}

interface Folder {
  readonly files: Set<string>;
  readonly kustomizations: MapNode[];
}

function foldersOf(documents: readonly SourceDocument[]): Map<string, Folder> {
  const folders = new Map<string, Folder>();
  for (const { file } of documents) {
    const path = folderOf(file.path);
    const folder = folders.get(path);
    if (folder === undefined) folders.set(path, { files: new Set([file.path]), kustomizations: [] });
    else folder.files.add(file.path);
  }
  return folders;
}

/** Adds every file that the kustomization of a folder takes in, through others as well; of a folder without one, all its files. */
function follow(path: string, folders: ReadonlyMap<string, Folder>, taken: Set<string>, visited: Set<string>): void {
  const folder = folders.get(path);
  if (folder === undefined || visited.has(path)) return;
  visited.add(path);
  if (folder.kustomizations.length === 0) for (const file of folder.files) taken.add(file);
  for (const root of folder.kustomizations) {
    for (const item of ['resources', 'bases', 'components'].flatMap((field) => itemsOf(child(root, field)))) {
      if (item.type !== 'string') continue;
      const target = normalize(path + item.value);
      taken.add(target);
      follow(target === '' ? '' : `${target}/`, folders, taken, visited);
    }
  }
}

function patchPaths(root: MapNode): string[] {
  const items = ['patches', 'patchesStrategicMerge', 'patchesJson6902'].flatMap((field) => itemsOf(child(root, field)));
  return items.flatMap((item) => {
    const path = item.type === 'map' ? child(item, 'path') : item;
    // A strategic merge patch may be written out in place of its path.
    return path?.type === 'string' && !path.value.includes('\n') ? [path.value] : [];
  });
}

function itemsOf(node: Tree | undefined): readonly Tree[] {
  return node?.type === 'list' ? node.items : [];
}

/** With the slash at its end; '' at the root. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.' || (part === '' && parts.length > 0)) continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
