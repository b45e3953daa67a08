import type { ManifestObject } from '../model/object.ts';
import type { SourceDocument } from '../text/source.ts';
import { kustomizeUse } from './kustomize.ts';

/** Why something that was read is not judged. */
export type NotJudgedReason =
  'broken' | 'template' | 'kustomization' | 'kustomize patch' | 'helm chart' | 'helm values' | 'other';

/** A document that was read and not judged. */
export interface NotJudged {
  readonly document: SourceDocument;
  readonly reason: NotJudgedReason;
}

export interface Sorted {
  /** The objects that are applied as they stand, or nearly so. */
  readonly objects: readonly ManifestObject[];
  readonly notJudged: readonly NotJudged[];
  /** The paths of files that a kustomization changes before they are applied. */
  readonly transformed: ReadonlySet<string>;
}

/**
 * Parts a tree's objects from what only looks like them or never was one: kustomizations, the patches they name (whose objects are
 * fragments of others), charts, values, templates, broken documents. Documents without any content are neither.
 */
export function sortOut(
  documents: readonly SourceDocument[],
  objects: readonly ManifestObject[],
  others: readonly SourceDocument[],
): Sorted {
  const { kustomizations, patches, transformed } = kustomizeUse(documents);
  const isPatch = (document: SourceDocument) =>
    patches.size > 0 && patches.has(document.file.path) && !kustomizations.has(document);
  const notJudged: NotJudged[] = [];
  for (const document of documents) {
    if (document.root === undefined) notJudged.push({ document, reason: brokenReason(document) });
    else if (kustomizations.has(document)) notJudged.push({ document, reason: 'kustomization' });
    else if (document.root.type !== 'null' && isPatch(document))
      notJudged.push({ document, reason: 'kustomize patch' });
  }
  for (const document of others) {
    if (!kustomizations.has(document) && !isPatch(document)) {
      notJudged.push({ document, reason: otherReason(document) });
    }
  }
  const kept =
    kustomizations.size === 0
      ? objects
      : objects.filter(({ document }) => !kustomizations.has(document) && !isPatch(document));
  return { objects: kept, notJudged, transformed };
}

function brokenReason({ problems }: SourceDocument): NotJudgedReason {
  return problems.some(({ rule }) => rule === 'not-rendered') ? 'template' : 'broken';
}

function otherReason({ file, root }: SourceDocument): NotJudgedReason {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  if (name === 'Chart.yaml' || name === 'Chart.lock') return 'helm chart';
  return root?.type === 'map' && /^values\b.*\.ya?ml$/.test(name) ? 'helm values' : 'other';
}
