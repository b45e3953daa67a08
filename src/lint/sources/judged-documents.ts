import type { ManifestObject } from '../../model/object.ts';
import { classify, type DocumentKind } from '../../text/classify.ts';
import type { SourceDocument } from '../../text/source.ts';
import { kustomizeUse } from './kustomize.ts';

/** Why something that was read is not judged. */
export type NotJudgedReason = Exclude<DocumentKind, 'object' | 'empty'> | 'kustomize patch';

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
  /** Whether a patch of a kustomization targets the object. */
  readonly isPatched: (object: ManifestObject) => boolean;
}

/**
 * Parts a tree's objects from what only looks like them or never was one: kustomizations, the patches they name (whose objects are
 * fragments of others), charts, values, templates, broken documents. Documents without any content are neither.
 */
export function sortOut(documents: readonly SourceDocument[], objects: readonly ManifestObject[]): Sorted {
  const { patches, transformed, isPatched } = kustomizeUse(documents);
  const notJudged = new Map<SourceDocument, NotJudgedReason>();
  for (const document of documents) {
    const kind = classify(document);
    if (kind === 'empty') continue;
    const isPatch = patches.has(document.file.path) && (kind === 'object' || kind === 'other');
    if (isPatch) notJudged.set(document, 'kustomize patch');
    else if (kind !== 'object') notJudged.set(document, kind);
  }
  return {
    objects: objects.filter(({ document }) => !notJudged.has(document)),
    notJudged: [...notJudged].map(([document, reason]) => ({ document, reason })),
    transformed,
    isPatched,
  };
}
