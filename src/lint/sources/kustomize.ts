import { groupBy } from '../../lang/group-by.ts';
import { compileRegexp } from '../../lang/re2/regexp.ts';
import type { ManifestObject } from '../../model/object.ts';
import { readDocuments } from '../../text/read.ts';
import type { SourceDocument } from '../../text/source.ts';
import { child, type MapNode, type Tree } from '../../text/tree.ts';

/** What Kustomize does with the files of a tree. */
export interface KustomizeUse {
  /** Files that are patches: their objects are fragments of others. */
  readonly patches: ReadonlySet<string>;
  /** Files whose objects get another namespace or name, or are patched, before they are applied. */
  readonly transformed: ReadonlySet<string>;
  /** Whether a patch targets the object before it is applied. */
  readonly isPatched: (object: ManifestObject) => boolean;
}

/** Transformations after which a manifest says something else about who may do what, and what runs. */
const TRANSFORMS = ['namespace', 'namePrefix', 'nameSuffix', 'patches', 'patchesStrategicMerge', 'patchesJson6902'];

/** Reads kustomizations that are not rendered, as far as they tell which files are not applied as they stand. */
export function kustomizeUse(documents: readonly SourceDocument[], open: ReadonlySet<SourceDocument>): KustomizeUse {
  const kustomizations = documents.filter((document) => open.has(document));
  const patches = new Set<string>();
  const transformed = new Set<string>();
  const targets = new Map<string, PatchTarget[]>();
  if (kustomizations.length === 0) return { patches, transformed, isPatched: () => false };
  const folders = foldersOf(documents);
  for (const { file, root } of kustomizations) {
    if (root?.type === 'map') folders.get(folderOf(file.path))?.kustomizations.push(root);
  }
  const byPath = groupBy(documents, ({ file }) => file.path);
  for (const [folder, { kustomizations: roots }] of folders) {
    for (const root of roots) for (const path of patchPaths(root)) patches.add(normalize(folder + path));
    const used = withComponents(folder, folders, new Set());
    // A component is only applied through what includes it.
    const isChanged = ({ root }: { readonly root: MapNode }): boolean =>
      textOf(child(root, 'kind')) === 'Component' || TRANSFORMS.some((field) => child(root, field) !== undefined);
    if (!used.some(isChanged)) continue;
    const taken = new Set<string>();
    follow(folder, folders, taken, new Set());
    const own = used.flatMap(({ root, folder: from }) =>
      patchTargets(root, (path) => byPath.get(normalize(from + path)) ?? []),
    );
    for (const path of taken) {
      transformed.add(path);
      targets.set(path, [...(targets.get(path) ?? []), ...own]);
    }
  }
  const isPatched = (object: ManifestObject): boolean =>
    targets.get(object.document.file.path)?.some((target) => target(object)) === true;
  return { patches, transformed, isPatched };
}

/** The kustomizations of a folder, and those of the components that they list: these change what lists them. */
function withComponents(
  path: string,
  folders: ReadonlyMap<string, Folder>,
  visited: Set<string>,
): { readonly root: MapNode; readonly folder: string }[] {
  if (visited.has(path)) return [];
  visited.add(path);
  return (folders.get(path)?.kustomizations ?? []).flatMap((root) => [
    { root, folder: path },
    ...itemsOf(child(root, 'components')).flatMap((item) =>
      item.type === 'string' ? withComponents(folderPath(normalize(path + item.value)), folders, visited) : [],
    ),
  ]);
}

function folderPath(path: string): string {
  return path === '' ? '' : `${path}/`;
}

/** For every kustomization that takes in files of other folders: all files that it applies together. */
export function appliedTogether(
  documents: readonly SourceDocument[],
  open: ReadonlySet<SourceDocument>,
): readonly ReadonlySet<string>[] {
  const folders = foldersOf(documents);
  for (const document of documents) {
    if (!open.has(document) || document.root?.type !== 'map') continue;
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
      follow(folderPath(target), folders, taken, visited);
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

/** Whether a patch is for an object. */
type PatchTarget = (object: ManifestObject) => boolean;

const anything: PatchTarget = () => true;

/** What the patches of a kustomization are for; `read` gives the documents of a file beside it. Mirrors kustomize api/types.Selector. */
function patchTargets(root: MapNode, read: (path: string) => readonly SourceDocument[]): PatchTarget[] {
  const items = ['patches', 'patchesStrategicMerge', 'patchesJson6902'].flatMap((field) => itemsOf(child(root, field)));
  return items.flatMap((item) => {
    const target = item.type === 'map' ? child(item, 'target') : undefined;
    if (target?.type === 'map') return [selected(target)];
    const content = item.type === 'map' ? (child(item, 'patch') ?? child(item, 'path')) : item;
    if (content?.type !== 'string') return [anything];
    const isInline = content.value.includes('\n');
    const documents = isInline
      ? readDocuments({ path: 'patch.yaml', text: content.value }).documents
      : read(content.value);
    return documents.length === 0 ? [anything] : documents.map(({ root: patch }) => sameObject(patch));
  });
}

/** A strategic merge patch is for the object of its kind and name; the name may get a prefix or a suffix on the way. */
function sameObject(patch: Tree | undefined): PatchTarget {
  if (patch?.type !== 'map') return anything;
  const kind = textOf(child(patch, 'kind'));
  const metadata = child(patch, 'metadata');
  const name = metadata?.type === 'map' ? textOf(child(metadata, 'name')) : undefined;
  if (kind === undefined || name === undefined) return anything;
  return (object) => object.kind === kind && object.name !== '' && name.includes(object.name);
}

/** A target's kind and name are expressions that match as a whole; labels, annotations and namespaces may change on the way. */
function selected(target: MapNode): PatchTarget {
  const [kind, name] = ['kind', 'name'].map((field) => wholly(textOf(child(target, field))));
  return (object) => kind?.(object.kind) !== false && (name?.(object.name) !== false || object.name === '');
}

function wholly(expression: string | undefined): ((text: string) => boolean) | undefined {
  if (expression === undefined || expression === '') return undefined;
  const pattern = compileRegexp(`^(?:${expression})$`);
  // What is no expression may be meant to match anything.
  if ('error' in pattern) return undefined;
  return (text) => pattern.matches(text) || expression.includes(text);
}

function textOf(node: Tree | undefined): string | undefined {
  return node?.type === 'string' ? node.value : undefined;
}

function itemsOf(node: Tree | undefined): readonly Tree[] {
  return node?.type === 'list' ? node.items : [];
}

/** With the slash at its end; '' at the root. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** What is not its shortest way. */
const UNCLEAN = /(?:^|\/)\.{1,2}(?:\/|$)|\/\/|\/$/;

function normalize(path: string): string {
  if (!UNCLEAN.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.' || (part === '' && parts.length > 0)) continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
