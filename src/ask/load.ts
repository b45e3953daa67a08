import { loadCluster } from '../cluster/load/load-cluster.ts';
import { podsOf } from '../cluster/pods/pods-of.ts';
import { type ClusterPart, type PathMatcher, splitClusters } from '../cluster/load/split-clusters.ts';
import type { Cluster } from '../cluster/index/cluster.ts';
import type { Config } from '../lint/config/config.ts';
import { groupBy } from '../lang/group-by.ts';
import { once } from '../lang/once.ts';
import type { OtherManifests } from '../lint/facts/fact-context.ts';
import type { LintedCluster } from '../lint/facts/facts.ts';
import { appliedTogether } from '../lint/sources/kustomize.ts';
import { isMeantForCluster, type NotJudged, sortOut } from '../lint/sources/judged-documents.ts';
import type { ManifestObject } from '../model/object.ts';
import type { EntryPoint } from '../render/entry-points/entry-point.ts';
import { type RenderedSources, renderSources, type Surroundings } from '../render/entry-points/render-sources.ts';
import { readDocuments } from '../text/read.ts';
import type { Problem, SourceDocument, SourceFile } from '../text/source.ts';

export type { Cluster };

/** What happened while a tree was read or linted; passed out as it happens, never printed here. */
export interface ProgressEvent {
  readonly phase: 'read' | 'lint';
  readonly done: number;
  readonly total: number;
}

/** What `load` takes: the text of files, and what is known of them. */
export interface LoadInput {
  readonly files: readonly SourceFile[];
  /** What finding and reading the files ran into: files that could not be opened. */
  readonly problems?: readonly Problem[];
  /** Directories that were not read, since their names say that they hold others' code or test data. */
  readonly leftOut?: readonly string[];
  /** A configuration that `checkConfig` found no fault in. */
  readonly config?: Config;
  /** Compiles the configuration's glob patterns; required where it has some. */
  readonly matcher?: PathMatcher;
  /** What lies beside the files, for kustomizations that name it; nothing when absent. */
  readonly surroundings?: Surroundings;
  readonly progress?: (event: ProgressEvent) => void;
}

/** A cluster of the tree, and the part of the tree that makes it. */
export interface LoadedCluster extends LintedCluster {
  readonly part: ClusterPart;
}

/** A tree of files, read: its documents, and the clusters that its objects make. */
export interface LoadedTree {
  readonly files: readonly SourceFile[];
  readonly documents: readonly SourceDocument[];
  readonly clusters: readonly LoadedCluster[];
  /** The kustomizations that the tree is deployed from. */
  readonly entryPoints: readonly EntryPoint[];
  /** What was read and not judged, so that a clean result does not mean more than it says. */
  readonly notJudged: readonly NotJudged[];
  /** Directories that were not read for their names. */
  readonly leftOut: readonly string[];
  readonly counts: Counts;
}

/** How much was read and judged. */
export interface Counts {
  readonly files: number;
  readonly documents: number;
  readonly objects: number;
  /** Pods and pod templates. */
  readonly pods: number;
}

/** Reads files and puts their objects together into clusters. Never throws for what files hold. */
export function load({
  files,
  problems = [],
  leftOut = [],
  config = {},
  matcher,
  surroundings,
  progress,
}: LoadInput): LoadedTree {
  const found: Problem[] = [...problems];
  const documents: SourceDocument[] = [];
  for (const [index, file] of files.entries()) {
    const reading = readDocuments(file);
    // One by one: a file may hold more documents than a call takes arguments.
    for (const document of reading.documents) documents.push(document);
    for (const problem of reading.problems) {
      if (isMeantForCluster(problem, { start: 0, end: file.text.length })) found.push(problem);
    }
    progress?.({ phase: 'read', done: index + 1, total: files.length });
  }
  const sources = renderSources(documents, files, surroundings);
  for (const problem of sources.problems) found.push(problem);
  const { objects, problems: ofDocuments, notJudged, transformed, isPatched } = sortOut(documents, sources);
  for (const problem of ofDocuments) found.push(problem);
  const parts = split(objects, files, config, matcher);
  const clusters = loadParts(parts, documents, found, sources, { transformed, isPatched });
  const pods = clusters.reduce((sum, { cluster }) => sum + podsOf(cluster).length, 0);
  const counts = { files: files.length, documents: documents.length, objects: objects.length, pods };
  return { files, documents, clusters, entryPoints: sources.entryPoints, notJudged, leftOut, counts };
}

function split(
  objects: readonly ManifestObject[],
  files: readonly SourceFile[],
  { settings, clusters, context }: Config,
  matcher: PathMatcher | undefined,
): ClusterPart[] {
  const paths = files.map(({ path }) => path);
  return splitClusters(objects, paths, {
    ...(settings === undefined ? {} : { settings }),
    ...(clusters === undefined ? {} : { clusters }),
    ...(context === undefined ? {} : { context }),
    ...(matcher === undefined ? {} : { matcher }),
  });
}

/** What belongs to one file. */
interface OfFile {
  readonly documents: SourceDocument[];
  readonly problems: Problem[];
  readonly entryPoints: EntryPoint[];
}

/** Gives every part its documents and problems; a file that is in no part was read as context only. */
function loadParts(
  parts: readonly ClusterPart[],
  documents: readonly SourceDocument[],
  problems: readonly Problem[],
  { open, entryPoints }: Pick<RenderedSources, 'open' | 'entryPoints'>,
  changes: Pick<LintedCluster, 'transformed' | 'isPatched'>,
): LoadedCluster[] {
  const byPath = new Map<string, OfFile>();
  const of = (path: string) => {
    let found = byPath.get(path);
    if (found === undefined) byPath.set(path, (found = { documents: [], problems: [], entryPoints: [] }));
    return found;
  };
  for (const document of documents) of(document.file.path).documents.push(document);
  for (const problem of problems) of(problem.file.path).problems.push(problem);
  for (const entryPoint of entryPoints) of(entryPoint.file.path).entryPoints.push(entryPoint);
  const takers = takersOf(parts.length > 1 ? appliedTogether(documents, open) : []);
  const isGuessed = parts.some(({ guess }) => guess !== undefined);
  const others = otherManifests(parts);
  return parts.map((part) => {
    const own = [...part.files].flatMap((path) => byPath.get(path) ?? []);
    return {
      part,
      cluster: loadCluster(part.objects, part),
      ...changes,
      entryPoints: own.flatMap((file) => file.entryPoints),
      ...(isGuessed ? { elsewhere: others(part) } : {}),
      joined: part.guess === undefined ? new Set() : joinedFiles(part, takers),
      documents: own.flatMap((file) => file.documents),
      problems: own.flatMap((file) => file.problems),
    };
  });
}

/** Finds manifests by kind and name outside one part; looked through once, and only where somebody asks. */
function otherManifests(parts: readonly ClusterPart[]): (part: ClusterPart) => OtherManifests {
  const keyOf = (group: string, kind: string, name: string): string => `${group} ${kind} ${name}`;
  const byKey = once(() =>
    groupBy(
      parts.flatMap((part) => part.objects.map((object) => ({ part, object }))),
      ({ object: { group, kind, name } }) => keyOf(group, kind, name),
    ),
  );
  return (own) => (group, kind, name) =>
    (byKey().get(keyOf(group, kind, name)) ?? []).flatMap(({ part, object }) => (part === own ? [] : [object]));
}

/** The files of a guessed cluster that a kustomization applies together with files of another one; `takers`: what takes each file in. */
function joinedFiles(
  { files }: ClusterPart,
  takers: ReadonlyMap<string, readonly ReadonlySet<string>[]>,
): ReadonlySet<string> {
  const joined = new Set<string>();
  const asked = new Set<ReadonlySet<string>>();
  for (const file of files) {
    for (const taken of takers.get(file) ?? []) {
      if (asked.has(taken)) continue;
      asked.add(taken);
      const isTorn = [...taken].some((path) => !files.has(path) && /\.ya?ml$/.test(path));
      if (isTorn) for (const path of taken) if (files.has(path)) joined.add(path);
    }
  }
  return joined;
}

/** For each file, the sets that it is in. */
function takersOf(together: readonly ReadonlySet<string>[]): ReadonlyMap<string, readonly ReadonlySet<string>[]> {
  const takers = new Map<string, ReadonlySet<string>[]>();
  for (const taken of together) {
    for (const path of taken) {
      const known = takers.get(path);
      if (known === undefined) takers.set(path, [taken]);
      else known.push(taken);
    }
  }
  return takers;
}
