import type { Refusal } from '../../cluster/index/refusal.ts';
import type { ManifestObject } from '../../model/object.ts';
import { mayDecide, unknownValues } from '../../model/unknown-values.ts';
import type { Problem, SourceFile } from '../../text/source.ts';
import { type Entry, type FieldPath, formatFieldPath, type Span, type Tree } from '../../text/tree.ts';
import type { Severity } from '../finding/finding.ts';
import type { Place } from '../finding/place.ts';
import { lintedObjects, schemaCheck } from './schema-check.ts';
import type { FactContext } from './fact-context.ts';
import { remembered } from './remembered.ts';

/** A problem as a rule reports it. */
export interface ReadProblem {
  readonly file: SourceFile;
  readonly place: Place;
  readonly message: string;
  readonly detail: { readonly hint?: string; readonly atMost?: Severity };
}

/** What reading and decoding found, by the meta/ rule that reports it. */
export interface ProblemFacts {
  /** The problems of one meta/ rule, named without its family. */
  of(rule: string): readonly ReadProblem[];
  /** The values of an object that verdicts may look at and that are encrypted or filled in later. */
  unknownIn(object: ManifestObject): readonly UnknownHere[];
  /** Why the API server stores nothing of an object; undefined where it does. */
  refusal(object: ManifestObject): Refusal | undefined;
}

/** A value that is not known. */
interface UnknownHere {
  readonly place: Place;
  /** `spec.ingress[0].source.nets[0]` */
  readonly path: string;
  /** As it is written, the mark included. */
  readonly text: string;
}

/** Rules whose problems come from holding objects to their schemas. */
const SCHEMA_RULES = ['api-version', 'duplicate-key', 'schema', 'unknown-field', 'unknown-kind'];

/** Gathers the problems of reading, of decoding, and of putting the cluster together. */
export const problemFacts = remembered(({ cluster, problems }: FactContext): ProblemFacts => {
  const byRule = groupByRule([...problems, ...cluster.problems]);
  let checked: ReadonlyMap<string, readonly Problem[]> | undefined;
  const schemas = () => (checked ??= groupByRule(schemaCheck(cluster).problems));
  let byFile: ReadonlyMap<SourceFile, readonly ManifestObject[]> | undefined;
  const place = (problem: Problem): Place => {
    byFile ??= objectsByFile(lintedObjects(cluster));
    return placeOf(problem, byFile.get(problem.file) ?? []);
  };
  const of = (rule: string): readonly ReadProblem[] => {
    const found = byRule.get(rule) ?? [];
    const all = SCHEMA_RULES.includes(rule) ? [...found, ...(schemas().get(rule) ?? [])] : found;
    return all.map((problem) => readProblem(problem, place(problem)));
  };
  return {
    of,
    unknownIn,
    refusal: (object) => cluster.refused.get(object),
  };
});

function unknownIn(object: ManifestObject): readonly UnknownHere[] {
  return unknownValues(object)
    .filter((value) => mayDecide(object, value))
    .map(({ path, span, text }) => {
      const { file } = object.document;
      const written = formatFieldPath(path);
      return { place: { file, span, object, name: written }, path: written, text };
    });
}

function groupByRule(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const byRule = new Map<string, Problem[]>();
  for (const problem of problems) {
    const list = byRule.get(problem.rule);
    if (list === undefined) byRule.set(problem.rule, [problem]);
    else list.push(problem);
  }
  return byRule;
}

function readProblem(problem: Problem & { readonly severity?: Severity }, place: Place): ReadProblem {
  const { file, message, hint, atMost = problem.severity } = problem;
  const detail = { ...(hint === undefined ? {} : { hint }), ...(atMost === undefined ? {} : { atMost }) };
  return { file, place, message, detail };
}

function objectsByFile(objects: readonly ManifestObject[]): Map<SourceFile, ManifestObject[]> {
  const byFile = new Map<SourceFile, ManifestObject[]>();
  for (const object of objects) {
    const { file } = object.document;
    const list = byFile.get(file);
    if (list === undefined) byFile.set(file, [object]);
    else list.push(object);
  }
  return byFile;
}

/** A problem inside an object belongs to it, so that its identity outlives moved lines and files. */
function placeOf(problem: Problem & { readonly object?: ManifestObject }, objects: readonly ManifestObject[]): Place {
  const { file, span, message } = problem;
  const around = ({ node }: ManifestObject) => node.start <= span.start && span.end <= node.end;
  const object = problem.object ?? objects.find(around);
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
        ({ keyStart, value }) => keyStart <= start && end <= value.end,
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
