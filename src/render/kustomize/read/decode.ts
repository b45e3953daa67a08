import { compareBytes } from '../../../lang/byte-order.ts';
import { fitsInteger } from '../../../model/numbers.ts';
import type { Entry, Span, Tree } from '../../../text/tree.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import type { FieldType } from './types.ts';

/**
 * Checks a tree against a type as encoding/json decodes it: names match without regard to case, keys come in the order of their bytes, null
 * is no value, and the first thing wrong is the error.
 */
export function checkType(tree: Tree, type: FieldType, isStrict: boolean): void {
  const failure = findFault(tree, type, isStrict, '');
  if (failure !== undefined) throw failure;
}

function findFault(tree: Tree, type: FieldType, isStrict: boolean, path: string): KustomizeFailure | undefined {
  if (tree.type === 'null' || type === 'any') return undefined;
  const wrong = (wanted: string): KustomizeFailure => {
    const what = { string: 'string', boolean: 'bool', number: 'number', list: 'array', map: 'object' }[tree.type];
    return new KustomizeFailure(`json: cannot unmarshal ${what} into Go struct field ${path} of type ${wanted}`, tree);
  };
  if (type === 'string') return tree.type === 'string' ? undefined : wrong('string');
  if (type === 'bool') return tree.type === 'boolean' ? undefined : wrong('bool');
  if (type === 'int') return tree.type === 'number' && fitsInteger(tree.literal, 'int64') ? undefined : wrong('int64');
  if ('list' in type) {
    if (tree.type !== 'list') return wrong('[]');
    return firstOf(tree.items, (item) => findFault(item, type.list, isStrict, path));
  }
  if (tree.type !== 'map') return wrong('map' in type ? 'map' : 'struct');
  const sorted = tree.entries.toSorted((left, right) => compareBytes(left.key, right.key));
  return firstOf(sorted, ({ key, keyStart, keyEnd, value }) => {
    if ('map' in type) return findFault(value, type.map, isStrict, path);
    const name = Object.keys(type.fields).find((each) => isSameName(each, key));
    const field = name === undefined ? undefined : type.fields[name];
    if (field !== undefined) return findFault(value, field, isStrict, path === '' ? key : `${path}.${key}`);
    if (!isStrict) return undefined;
    return new KustomizeFailure(`json: unknown field ${JSON.stringify(key)}`, { start: keyStart, end: keyEnd });
  });
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isSameName(left: string, right: string): boolean {
  return left === right || (left.length === right.length && left.toLowerCase() === right.toLowerCase());
}

/** A text and where it stands. */
export interface PlacedText {
  readonly value: string;
  readonly span: Span;
}

/** The fields of a map whose types were checked. Absent and null are the same. */
export class Fields {
  readonly tree: Tree | undefined;

  constructor(tree: Tree | undefined) {
    this.tree = tree;
  }

  /** The value of a field; of several spellings of its name, that of the one that is last in the order of bytes. */
  get(name: string): Tree | undefined {
    if (this.tree?.type !== 'map') return undefined;
    let found: Entry | undefined;
    for (const entry of this.tree.entries) {
      if (isSameName(entry.key, name) && (found === undefined || compareBytes(found.key, entry.key) <= 0))
        found = entry;
    }
    return found?.value.type === 'null' ? undefined : found?.value;
  }

  get span(): Span {
    return this.tree ?? { start: 0, end: 0 };
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  text(name: string): string {
    return textIn(this.get(name));
  }

  placed(name: string): PlacedText {
    return { value: this.text(name), span: this.get(name) ?? this.span };
  }

  isTrue(name: string): boolean {
    const value = this.get(name);
    return value?.type === 'boolean' && value.value;
  }

  integer(name: string): string {
    const value = this.get(name);
    return value?.type === 'number' ? value.literal : '0';
  }

  fields(name: string): Fields | undefined {
    const value = this.get(name);
    return value === undefined ? undefined : new Fields(value);
  }

  list(name: string): Fields[] {
    return this.items(name).map((item) => new Fields(item));
  }

  items(name: string): readonly Tree[] {
    const value = this.get(name);
    return value?.type === 'list' ? value.items : [];
  }

  /** The texts of a list; null is the empty one. */
  texts(name: string): PlacedText[] {
    return this.items(name).map((item) => ({ value: textIn(item), span: item }));
  }

  /** The entries of a map of texts, sorted by key; each span covers the value. */
  pairs(name: string): (PlacedText & { readonly key: string })[] {
    const value = this.get(name);
    if (value?.type !== 'map') return [];
    return value.entries
      .map((entry) => ({ key: entry.key, value: textIn(entry.value), span: entry.value }))
      .sort((left, right) => compareBytes(left.key, right.key));
  }
}

function textIn(tree: Tree | undefined): string {
  return tree?.type === 'string' ? tree.value : '';
}
