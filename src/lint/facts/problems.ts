import type { Cluster } from '../../cluster/cluster.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { Problem, SourceFile } from '../../text/source.ts';
import type { Place } from '../place.ts';
import type { Entry, FieldPath, Span, Tree } from '../../text/tree.ts';

/** A problem as a rule reports it. */
export interface ReadProblem {
  readonly place: Place;
  readonly message: string;
  readonly detail: { readonly hint?: string };
}

/** What reading and decoding found, by the meta/ rule that reports it. */
export interface ProblemFacts {
  /** The problems of one meta/ rule, named without its family, in file order. */
  of(rule: string): readonly ReadProblem[];
}

/** Gathers the problems of the linted documents, of their decoding, and of the cluster made of them. */
export function problemFacts(cluster: Cluster, problems: readonly Problem[]): ProblemFacts {
  const byRule = new Map<string, Problem[]>();
  for (const problem of [...problems, ...cluster.problems]) {
    const list = byRule.get(problem.rule);
    if (list === undefined) byRule.set(problem.rule, [problem]);
    else list.push(problem);
  }
  let byFile: ReadonlyMap<SourceFile, readonly ManifestObject[]> | undefined;
  const place = (problem: Problem): Place => {
    byFile ??= objectsByFile(cluster);
    return placeOf(problem, byFile.get(problem.file) ?? []);
  };
  return {
    of: (rule) =>
      (byRule.get(rule) ?? []).map((problem) => ({
        place: place(problem),
        message: problem.message,
        detail: problem.hint === undefined ? {} : { hint: problem.hint },
      })),
  };
}

function objectsByFile(cluster: Cluster): Map<SourceFile, ManifestObject[]> {
  const byFile = new Map<SourceFile, ManifestObject[]>();
  for (const object of [...cluster.objects, ...cluster.superseded]) {
    const { file } = object.document;
    const list = byFile.get(file);
    if (list === undefined) byFile.set(file, [object]);
    else list.push(object);
  }
  return byFile;
}

/** A problem inside an object belongs to it, so that its identity outlives moved lines and files. */
function placeOf(problem: Problem, objects: readonly ManifestObject[]): Place {
  const { file, span, message } = problem;
  const object = objects.find(({ node }) => node.start <= span.start && span.end <= node.end);
  if (object === undefined) return { file, span, name: message };
  return { file, span, object, path: pathTo(object.node, span) };
}

/** The path of the deepest node around a span. */
function pathTo(root: Tree, { start, end }: Span): FieldPath {
  const path: (string | number)[] = [];
  let node: Tree | undefined = root;
  while (node !== undefined) {
    let next: Tree | undefined;
    if (node.type === 'map') {
      const entry: Entry | undefined = node.entries.find(
        (candidate) => candidate.keyStart <= start && end <= candidate.value.end,
      );
      if (entry !== undefined) path.push(entry.key);
      next = entry?.value;
    } else if (node.type === 'list') {
      const index = node.items.findIndex((item) => item.start <= start && end <= item.end);
      if (index >= 0) path.push(index);
      next = node.items[index];
    }
    node = next;
  }
  return path;
}
