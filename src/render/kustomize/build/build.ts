import { memo } from '../../../lang/memo.ts';
import type { SourceFile } from '../../../text/source.ts';
import type { Span, Tree } from '../../../text/tree.ts';
import { copyNode, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { readYaml } from '../../../text/yaml/read-yaml.ts';
import type { Gap, Lack } from '../failure/gap.ts';
import { BuildGivenUp, failureWithin, KustomizeFailure, within } from '../failure/kustomize-failure.ts';
import type { SideEffect } from '../failure/side-effect.ts';
import type { Shift } from '../node/shift.ts';
import { checkType, Fields } from '../read/decode.ts';
import type { FileTree, Loader } from '../read/loader.ts';
import { readResources } from '../read/read-resources.ts';
import { shiftTree, TextSpace } from '../read/text-space.ts';
import { KUSTOMIZATION, type FieldType } from '../read/types.ts';
import type { PlacedText } from '../read/decode.ts';
import { SchemaState } from './schema-state.ts';

/** How many objects and directories a build may read, one over and over counted each time: enough for any cluster, too few for a bomb. */
const MAX_WORK = 20_000;

/** What the steps of one build share. */
export class Build {
  readonly tree: FileTree;
  readonly space = new TextSpace();
  readonly schemas = new SchemaState();
  /** What the real tool prints besides its result. */
  readonly warnings: string[] = [];
  /** What is done without a word that hardly anyone means. */
  readonly effects: SideEffect[] = [];
  /** What is left out, where a build may be partial. */
  readonly gaps: Gap[] = [];
  /** What a build that may not be partial fails for, where this one went on. */
  wholeFailure: KustomizeFailure | undefined;
  /** Whether what cannot be built is left out. */
  readonly isPartial: boolean;
  private readonly kustomizations = new Map<SourceFile, Fields>();
  private work = 0;

  constructor(tree: FileTree, isPartial: boolean) {
    this.tree = tree;
    this.isPartial = isPartial;
  }

  /** Runs a step; where the build may be partial, a failure is a gap, and undefined comes back. `lacks`: what the step would do. */
  attempt<T>(lacks: readonly Lack[] | ((failure: KustomizeFailure) => readonly Lack[]), step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      if (!this.isPartial || !(error instanceof KustomizeFailure) || error instanceof BuildGivenUp) throw error;
      this.wholeFailure ??= error;
      this.gaps.push({ failure: error, lacks: typeof lacks === 'function' ? lacks(error) : lacks });
      return undefined;
    }
  }

  /** Runs a step that may attempt others: what a whole build fails for gets the same prefix. */
  within<T>(span: Span | undefined, prefix: string | (() => string), step: () => T): T {
    const before = this.wholeFailure;
    try {
      return within(span, prefix, step);
    } finally {
      const failure = this.wholeFailure;
      if (before === undefined && failure !== undefined) this.wholeFailure = failureWithin(span, prefix, failure);
    }
  }

  readonly note = (effect: SideEffect): void => {
    this.effects.push(effect);
  };

  /** Counts what is done; fails for what would never end. */
  spend(amount: number): void {
    this.work += amount;
    if (this.work > MAX_WORK) {
      throw new BuildGivenUp(`this kustomization was given up: it reads more than ${MAX_WORK} objects and directories`);
    }
  }

  /** Takes in what was done in another build of the tree; undefined, and nothing is done, where files of it were taken in before. */
  join(part: Build): Shift | undefined {
    const shift = this.space.join(part.space);
    if (shift === undefined) return undefined;
    this.spend(part.work);
    this.schemas.join(part.schemas);
    this.warnings.push(...part.warnings);
    for (const effect of part.effects) {
      this.effects.push({ ...effect, ...shift.span(effect), lost: effect.lost.map(shift.span) });
    }
    for (const { failure, lacks } of part.gaps) this.gaps.push({ failure: moved(failure, shift), lacks });
    if (part.wholeFailure !== undefined) this.wholeFailure ??= moved(part.wholeFailure, shift);
    return shift;
  }

  /** The objects of a file, which the caller may change. */
  objectsOf(file: SourceFile): YamlNode[] {
    if (file.bytes !== undefined) throw new KustomizeFailure('MalformedYAMLError: yaml: invalid UTF-8');
    const base = this.space.add(file);
    const read = memo(this.tree, filesRead);
    let roots = read.get(file);
    if (roots === undefined) {
      roots = shiftFailure(base, () => readResources(file.text));
      read.set(file, roots);
    }
    this.spend(roots.length + 1);
    return roots.map((root) => copyNode(root, base));
  }

  /** The objects of text in a value. */
  objectsIn({ value, span }: PlacedText): YamlNode[] {
    const base = this.space.addInline(value, span);
    return shiftFailure(base, () => readResources(value)).map((root) => copyNode(root, base));
  }

  /** A kustomization file, read once. */
  kustomizationOf(file: SourceFile): Fields {
    const known = this.kustomizations.get(file);
    if (known !== undefined) return known;
    const base = this.space.add(file);
    const tree = shiftFailure(base, () => memo(file, readKustomization));
    const fields = new Fields(tree === undefined ? undefined : shiftTree(tree, base));
    this.kustomizations.set(file, fields);
    return fields;
  }

  /** A file that is decoded into a Go struct, as YAML 1.1; `wrap` precedes what is wrong with it. */
  fieldsOf(file: SourceFile, type: FieldType, isStrict: boolean, wrap = '', hasUniqueKeys = false): Fields {
    const base = this.space.add(file);
    const tree = shiftFailure(base, () => readStruct(file.text, type, isStrict, wrap, hasUniqueKeys));
    return new Fields(tree === undefined ? undefined : shiftTree(tree, base));
  }
}

function moved({ message, span, needs, about }: KustomizeFailure, shift: Shift): KustomizeFailure {
  return new KustomizeFailure(message, span && shift.span(span), needs, about);
}

/** The objects of the files that builds of a tree have read, which nobody changes: most files are read by many builds. */
function filesRead(): Map<SourceFile, readonly YamlNode[]> {
  return new Map();
}

function readKustomization({ text }: SourceFile): Tree | undefined {
  return readStruct(text, KUSTOMIZATION, true, 'invalid Kustomization: ', false);
}

function readStruct(
  text: string,
  type: FieldType,
  isStrict: boolean,
  wrap: string,
  hasUniqueKeys: boolean,
): Tree | undefined {
  const tree = readTree(text, 0, wrap, hasUniqueKeys);
  if (tree === undefined) return undefined;
  try {
    checkType(tree, type, isStrict);
  } catch (error) {
    if (!(error instanceof KustomizeFailure)) throw error;
    throw new KustomizeFailure(wrap + error.message, error.span);
  }
  return tree;
}

/** Reads a text whose places begin at `base`. */
function shiftFailure<T>(base: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof KustomizeFailure) || error.span === undefined) throw error;
    const { message, span, needs, about } = error;
    throw new KustomizeFailure(message, { start: span.start + base, end: span.end + base }, needs, about);
  }
}

/** The value of the first document of a text as YAML 1.1; undefined for an empty one. */
export function readTree(text: string, base: number, wrap: string, hasUniqueKeys = false): Tree | undefined {
  const ended = text.endsWith('\n') ? text : `${text}\n`;
  const { root, error, duplicates } = readYaml(ended, 0, ended.length);
  const [repeated] = duplicates;
  if (hasUniqueKeys && error === undefined && repeated !== undefined) {
    const { start, end } = repeated.keySpan;
    const message = `error converting YAML to JSON: yaml: unmarshal errors: key "${repeated.key}" already set in map`;
    throw new KustomizeFailure(message, { start: start + base, end: end + base });
  }
  if (error !== undefined) {
    const { start, end } = error.span;
    throw new KustomizeFailure(`${wrap}error converting YAML to JSON: ${error.message}`, {
      start: start + base,
      end: end + base,
    });
  }
  if (root === undefined || root.type === 'null') return undefined;
  return shiftTree(ended === text ? root : withoutAddedBreak(root, text), base);
}

/** A block that ends with the text, without a line break, has none at its end. */
function withoutAddedBreak(tree: Tree, text: string): Tree {
  if (tree.type === 'string') {
    const isLast = tree.end >= text.length && /[|>]/.test(text.charAt(tree.start)) && tree.value.endsWith('\n');
    return isLast ? { ...tree, value: tree.value.slice(0, -1) } : tree;
  }
  if (tree.type === 'list') return { ...tree, items: tree.items.map((item) => withoutAddedBreak(item, text)) };
  if (tree.type !== 'map') return tree;
  const entries = tree.entries.map((entry) => ({ ...entry, value: withoutAddedBreak(entry.value, text) }));
  return { ...tree, entries };
}

/** A kustomization under way. */
export interface Target {
  readonly fields: Fields;
  readonly file: SourceFile;
  readonly fileName: string;
  readonly loader: Loader;
}
