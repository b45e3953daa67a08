import type { ManifestObject } from '../model/object.ts';
import type { SourceDocument } from '../text/source.ts';
import { child, type MapNode, type Tree } from '../text/tree.ts';

/** Why something that was read is not judged. */
export type NotJudgedReason =
  'broken' | 'template' | 'kustomization' | 'kustomize patch' | 'helm chart' | 'helm values' | 'other';

/** A document that was read and not judged. */
export interface NotJudged {
  readonly document: SourceDocument;
  readonly reason: NotJudgedReason;
}

export interface Sorted {
  /** The objects that are applied as they stand. */
  readonly objects: readonly ManifestObject[];
  readonly notJudged: readonly NotJudged[];
}

const KUSTOMIZE_GROUP = 'kustomize.config.k8s.io';
const KUSTOMIZATION_NAMES = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization']);

/**
 * Parts a tree's objects from what only looks like them or never was one: kustomizations, the patches they name (whose objects are
 * fragments of others), charts, values, templates, broken documents. Documents without any content are neither.
 */
export function sortOut(
  documents: readonly SourceDocument[],
  objects: readonly ManifestObject[],
  others: readonly SourceDocument[],
): Sorted {
  const kustomizations = documents.filter(isKustomization);
  const patches = patchFiles(kustomizations);
  const sources = new Set(kustomizations);
  const isPatch = ({ file }: SourceDocument) => patches.size > 0 && patches.has(file.path);
  const notJudged: NotJudged[] = kustomizations.map((document) => ({ document, reason: 'kustomization' }));
  for (const document of documents) {
    if (document.root === undefined) notJudged.push({ document, reason: brokenReason(document) });
    else if (document.root.type !== 'null' && !sources.has(document) && isPatch(document)) {
      notJudged.push({ document, reason: 'kustomize patch' });
    }
  }
  for (const document of others) {
    if (!sources.has(document) && !isPatch(document)) notJudged.push({ document, reason: otherReason(document) });
  }
  const kept =
    sources.size === 0 ? objects : objects.filter(({ document }) => !sources.has(document) && !isPatch(document));
  return { objects: kept, notJudged };
}

function brokenReason({ problems }: SourceDocument): NotJudgedReason {
  return problems.some(({ rule }) => rule === 'not-rendered') ? 'template' : 'broken';
}

function otherReason({ file, root }: SourceDocument): NotJudgedReason {
  const name = basename(file.path);
  if (name === 'Chart.yaml' || name === 'Chart.lock') return 'helm chart';
  return root?.type === 'map' && /^values\b.*\.ya?ml$/.test(name) ? 'helm values' : 'other';
}

function isKustomization({ file, root }: SourceDocument): boolean {
  if (root?.type !== 'map') return false;
  if (KUSTOMIZATION_NAMES.has(basename(file.path))) return true;
  const apiVersion = child(root, 'apiVersion');
  return apiVersion?.type === 'string' && apiVersion.value.startsWith(`${KUSTOMIZE_GROUP}/`);
}

/** The paths of the files that kustomizations name as patches. */
function patchFiles(kustomizations: readonly SourceDocument[]): ReadonlySet<string> {
  const files = new Set<string>();
  for (const { file, root } of kustomizations) {
    if (root?.type !== 'map') continue;
    const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
    for (const path of patchPaths(root)) files.add(normalize(folder + path));
  }
  return files;
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

function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.' || (part === '' && parts.length > 0)) continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
