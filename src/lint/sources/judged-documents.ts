import type { ManifestObject } from '../../model/object.ts';
import { objectsOf } from '../../model/objects.ts';
import { claimsManifest } from '../../text/claims.ts';
import { classify, type DocumentKind } from '../../text/classify.ts';
import { directoryOf } from '../../text/directory-of.ts';
import type { Problem, SourceDocument } from '../../text/source.ts';
import { offlineKind } from '../../text/tool-groups.ts';
import { child, type Span } from '../../text/tree.ts';
import type { RenderedSources } from '../../render/entry-points/render-sources.ts';
import { isAssertion, isFragment, isPatchName } from './fragments.ts';
import { kustomizeUse } from './kustomize.ts';

/** Why something that was read is not judged. */
export type NotJudgedReason = Exclude<DocumentKind, 'object' | 'empty'> | 'kustomize patch' | 'patch' | 'unlisted';

/** A document that was read and not judged. */
export interface NotJudged {
  readonly document: SourceDocument;
  readonly reason: NotJudgedReason;
}

export interface Sorted {
  /** The objects that are applied as they stand, or nearly so. */
  readonly objects: readonly ManifestObject[];
  /** What is wrong with documents that are meant for a cluster; what others hold is nobody's fault. */
  readonly problems: readonly Problem[];
  readonly notJudged: readonly NotJudged[];
  /** The paths of files that a kustomization changes before they are applied. */
  readonly transformed: ReadonlySet<string>;
  /** Whether a patch of a kustomization targets the object. */
  readonly isPatched: (object: ManifestObject) => boolean;
}

/**
 * Parts a tree's objects from what only looks like them or never was one: kustomizations, the patches they name (whose objects are
 * fragments of others), charts, values, templates, tests, files of other programs, broken documents. Documents without any content are neither.
 */
export function sortOut(
  documents: readonly SourceDocument[],
  { taken, open, made, builtDirectories }: RenderedSources,
): Sorted {
  const { patches, transformed, isPatched } = kustomizeUse(documents, open);
  const left = taken.size === 0 ? documents : documents.filter(({ file }) => !taken.has(file.path));
  const notJudged = new Map<SourceDocument, NotJudgedReason>();
  const testFolders = new Set<string>();
  const isUnlisted = unlisted(builtDirectories, taken);
  for (const document of left) {
    const kind = classify(document);
    if (kind === 'empty') continue;
    const isTest = kind === 'test' || isExpectation(document.file.path);
    if (isTest) testFolders.add(directoryOf(document.file.path));
    const isPatch = patches.has(document.file.path) && (kind === 'object' || kind === 'other');
    // What was rendered is judged in what it makes.
    if (kind === 'kustomization' && builtDirectories.has(directoryOf(document.file.path))) continue;
    if (isPatch) notJudged.set(document, 'kustomize patch');
    else if (kind !== 'object') notJudged.set(document, kind);
    else if (isAssertion(document.root)) notJudged.set(document, 'test');
    else if (isFragment(document.root, document.file.path)) notJudged.set(document, 'patch');
    else if (isEncrypted(document)) notJudged.set(document, 'tool file');
    else if (isUnlisted(document.file.path)) notJudged.set(document, 'unlisted');
  }
  for (const document of made) {
    const apiVersion = document.root?.type === 'map' ? child(document.root, 'apiVersion') : undefined;
    const kind = apiVersion?.type === 'string' ? offlineKind(apiVersion.value) : undefined;
    if (kind !== undefined) notJudged.set(document, kind);
  }
  if (testFolders.size > 0) {
    // What lies beside a test is what it applies and what it expects.
    for (const document of left) {
      if (testFolders.has(directoryOf(document.file.path)) && classify(document) === 'object')
        notJudged.set(document, 'test');
    }
  }
  // What lacks only its kind or apiVersion is looked at all the same, so that this can be said.
  const read = objectsOf([
    ...left.filter((document) => (notJudged.get(document) ?? 'other') === 'other' && !isEncrypted(document)),
    ...made,
  ]);
  // A file that a generator puts into a ConfigMap may be of any form.
  const reasonOf = (document: SourceDocument): NotJudgedReason | undefined => {
    const kind = document.root === undefined && taken.has(document.file.path) ? classify(document) : undefined;
    return kind === 'template' || kind === 'other' ? kind : notJudged.get(document);
  };
  return {
    objects: read.objects.filter(({ document }) => !notJudged.has(document)),
    problems: [...documents.flatMap((document) => problemsOf(document, reasonOf(document))), ...read.problems],
    notJudged: [...notJudged].map(([document, reason]) => ({ document, reason })),
    transformed,
    isPatched,
  };
}

/**
 * Which files are left to the kustomizations around them, and not listed by them: those beside one, and of those in directories below it, patches by their
 * names and what stands beside files that it takes in.
 */
function unlisted(builtDirectories: ReadonlySet<string>, taken: ReadonlySet<string>): (path: string) => boolean {
  if (builtDirectories.size === 0) return () => false;
  const partlyTaken = new Set([...taken].map(directoryOf));
  return (path) => {
    const directory = directoryOf(path);
    if (builtDirectories.has(directory)) return true;
    if (!partlyTaken.has(directory) && !isPatchName(path)) return false;
    for (let above = directory; above !== '';) {
      above = directoryOf(above);
      if (builtDirectories.has(above)) return true;
    }
    return false;
  };
}

/** What a step of KUTTL expects is in such a file (kudobuilder/kuttl, docs/testing/steps.md). */
function isExpectation(path: string): boolean {
  return /(?:^|\/)\d+-(?:assert|errors)(?:[-.][^/]*)?\.ya?ml$/.test(path);
}

/** Documents that may be as wrong as they like: no cluster gets them. */
const FOREIGN: ReadonlySet<NotJudgedReason> = new Set(['helm chart', 'helm values', 'test', 'tool file']);

function problemsOf(document: SourceDocument, reason: NotJudgedReason | undefined): readonly Problem[] {
  const { problems, root, span } = document;
  if (problems.length === 0 || (reason !== undefined && FOREIGN.has(reason))) return [];
  if (reason === 'template') return problems.filter((problem) => isMeantForCluster(problem, span));
  if (reason !== 'other') return problems;
  return root === undefined
    ? []
    : problems.filter(({ rule, file, span: at }) => rule !== 'parse' || claimsManifest(file, at));
}

/** Whether a stretch of text that was not read, for a problem in it, was meant for a cluster: it says so, or is a template of a chart. */
export function isMeantForCluster({ rule, file }: Problem, span: Span): boolean {
  return claimsManifest(file, span) || (rule === 'not-rendered' && /(?:^|\/)templates\//.test(file.path));
}

/** What SOPS encrypts without an apiVersion or a name is not an object: values for a program, which come out whole. */
function isEncrypted({ root }: SourceDocument): boolean {
  if (root?.type !== 'map' || child(root, 'sops') === undefined) return false;
  return child(root, 'apiVersion') === undefined || child(root, 'metadata') === undefined;
}
