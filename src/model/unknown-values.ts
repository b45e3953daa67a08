import { memo } from '../lang/memo.ts';
import { isUnknownText, placeholdersInName } from '../text/unknown-text.ts';
import type { SourceFile } from '../text/source.ts';
import { child, type FieldPath, type Span, type Tree } from '../text/tree.ts';
import { kindFacts } from './kind-facts.ts';
import type { ManifestObject } from './object.ts';

/** A value of an object that is not known: it is encrypted, or somebody fills it in later. */
export interface UnknownValue {
  readonly path: FieldPath;
  readonly span: Span;
  /** The value, or the key that holds the mark. */
  readonly text: string;
}

/** Without one of these nothing in a file can be a mark: asked once for each file, since few have one. */
const MAYBE_MARKED =
  /ENC\[|\$\{|\{\{|<[A-Za-z]|%[{A-Za-z_]|@[@A-Za-z_]|__[A-Z]|#\{|\[\[|\(\(|\$[(A-Z]|AGE ENCRYPTED|(?:REPLACE|CHANGE|FILL)_?ME/;

const none: readonly UnknownValue[] = [];

/** The values of an object that are not known, in the order in which they stand. What only a comment marks is known. */
export function unknownValues(object: ManifestObject): readonly UnknownValue[] {
  return memo(object, findUnknown);
}

function findUnknown(object: ManifestObject): readonly UnknownValue[] {
  const found: UnknownValue[] = [];
  if (memo(object.document.file, mayBeMarked) && holdsMark(object.node)) collect(object.node, [], found);
  const words = placeholders(object);
  if (words.length > 0) {
    const isReplaced = new RegExp(`\\b(?:${words.join('|')})\\b`);
    collectWords(object.node, [], isReplaced, found);
  }
  return found.length === 0 ? none : found;
}

function mayBeMarked({ text }: SourceFile): boolean {
  return MAYBE_MARKED.test(text);
}

/** Whether the name or namespace of an object is filled in later. */
export function hasUnknownName(object: ManifestObject): boolean {
  const { name, namespace } = object;
  return isUnknownText(name) || isUnknownText(namespace) || name.includes('$') || placeholders(object).length > 0;
}

/** The words in capitals of an object's names that a script replaces. Names of RBAC's objects may be in capitals. */
function placeholders({ group, name, namespace, generateName }: ManifestObject): readonly string[] {
  const names = group === 'rbac.authorization.k8s.io' ? [namespace] : [name, namespace, generateName];
  return names.flatMap(placeholdersInName);
}

/** The script replaces such a word wherever it stands. */
function collectWords(node: Tree, path: FieldPath, isReplaced: RegExp, found: UnknownValue[]): void {
  if (node.type === 'string') {
    if (isReplaced.test(node.value)) found.push({ path, span: { start: node.start, end: node.end }, text: node.value });
  } else if (node.type === 'list') {
    for (const [index, item] of node.items.entries()) collectWords(item, [...path, index], isReplaced, found);
  } else if (node.type === 'map') {
    for (const { key, value } of node.entries) collectWords(value, [...path, key], isReplaced, found);
  }
}

/** Whether a key or value anywhere in a tree has a mark: most have none, and then no path is needed. */
function holdsMark(node: Tree): boolean {
  if (node.type === 'string') return isUnknownText(node.value);
  if (node.type === 'list') return node.items.some(holdsMark);
  return node.type === 'map' && node.entries.some(({ key, value }) => isUnknownText(key) || holdsMark(value));
}

function collect(node: Tree, path: FieldPath, found: UnknownValue[]): void {
  if (node.type === 'string') {
    if (isUnknownText(node.value)) found.push({ path, span: { start: node.start, end: node.end }, text: node.value });
  } else if (node.type === 'list') {
    for (const [index, item] of node.items.entries()) collect(item, [...path, index], found);
  } else if (node.type === 'map') {
    for (const { key, keyStart, keyEnd, value } of node.entries) {
      // The block that SOPS adds tells how to decrypt; it is taken out before the object is applied.
      if (path.length === 0 && key === 'sops') continue;
      const at = [...path, key];
      if (isUnknownText(key)) found.push({ path: at, span: { start: keyStart, end: keyEnd }, text: key });
      collect(value, at, found);
    }
  }
}

/** The unknown value that a field is, or is a part of; the first of those that are parts of the field, where `parts` count. */
export function unknownAt(object: ManifestObject, path: FieldPath, parts: boolean): UnknownValue | undefined {
  return unknownValues(object).find(({ path: at }) => {
    const common = Math.min(at.length, path.length);
    return (
      (parts || at.length <= path.length) && path.slice(0, common).every((segment, index) => segment === at[index])
    );
  });
}

/** Whether nothing of a field is known: it is part of an unknown value, or holds no other. */
export function isUnknownField(object: ManifestObject, path: FieldPath): boolean {
  const unknown = unknownAt(object, path, true);
  if (unknown === undefined || unknown.path.length <= path.length) return unknown !== undefined;
  const field = nodeAt(object.node, path);
  return field !== undefined && holdsNothingElse(field);
}

function nodeAt(node: Tree, path: FieldPath): Tree | undefined {
  let found: Tree | undefined = node;
  for (const segment of path) {
    if (typeof segment === 'number') found = found?.type === 'list' ? found.items[segment] : undefined;
    else found = found?.type === 'map' ? child(found, segment) : undefined;
  }
  return found;
}

function holdsNothingElse(node: Tree): boolean {
  if (node.type === 'string') return isUnknownText(node.value);
  if (node.type === 'list') return node.items.every(holdsNothingElse);
  return node.type === 'map' && node.entries.every(({ value }) => holdsNothingElse(value));
}

/** Places in which no verdict looks at a value: what programs read, and what people write. */
const FREE_FIELDS: ReadonlySet<string> = new Set([
  'annotations',
  'args',
  'command',
  'data',
  'stringData',
  'binaryData',
]);

/** Whether a verdict may look at the value of a field: not at custom kinds, data, annotations, arguments and values of environment variables. */
export function mayDecide(object: ManifestObject, { path }: UnknownValue): boolean {
  const isFree = path.some((segment, index) => {
    if (typeof segment !== 'string') return false;
    if (segment === 'value' && path[index - 2] === 'env') return true;
    return (
      FREE_FIELDS.has(segment) &&
      (index <= 1 || segment === 'args' || segment === 'command' || segment === 'annotations')
    );
  });
  return !isFree && kindFacts(object.apiVersion, object.kind) !== undefined;
}
