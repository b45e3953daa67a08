import { copyNode, type Cause, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import type { Span } from '../../../text/tree.ts';
import { KustomizeFailure, within } from '../failure/kustomize-failure.ts';
import { addCause, become, scalarNode } from '../node/edit.ts';
import { isEmptyNode, textOf } from '../node/fields.ts';
import { lookupPath, type PathCreation } from '../node/path-getter.ts';
import { matchPath } from '../node/path-matcher.ts';
import { splitFieldPath } from '../node/paths.ts';
import type { Fields } from '../read/decode.ts';
import { gvkOf, nameOf, namespaceOf, previousIds, type Resource } from '../resource/resource.ts';
import { effectiveNamespace, isSelectedGvk, printId, type ResId } from '../resource/res-id.ts';
import { compileSelector, type CompiledSelector, type Selector } from '../resource/selector.ts';
import { replaceInText } from './structured-text.ts';

/** How a value is cut out, or put in. */
interface Options {
  readonly delimiter: string;
  readonly index: number;
  readonly create: boolean;
}

/** Copies values from one field to others (mirrors kustomize api v0.21.2, filters/replacement). */
export function replaceValues(items: readonly Resource[], replacements: readonly Fields[]): void {
  for (const replacement of replacements) {
    within(replacement.span, '', () => {
      const hasSource = replacement.has('sourceValue') || replacement.has('source');
      if (!hasSource || !replacement.has('targets')) {
        throw new KustomizeFailure('replacements must specify a source and at least one target');
      }
      const value = sourceValue(items, replacement);
      const cause: Cause = { by: 'replacements', ...(replacement.get('source') ?? replacement.span) };
      for (const target of replacement.list('targets')) applyTo(items, target, value, cause);
    });
  }
}

function sourceValue(items: readonly Resource[], replacement: Fields): YamlNode {
  const source = replacement.fields('source');
  if (replacement.has('sourceValue')) {
    if (source !== undefined) throw new KustomizeFailure('value and resource selectors are mutually exclusive');
    const { value, span } = replacement.placed('sourceValue');
    return scalarNode(value, '', span);
  }
  if (source === undefined) throw new KustomizeFailure('replacements must specify a source and at least one target');
  const wanted = exactId(source);
  const matches = items.filter((item) => idsOf(item).some((id) => isSelectedId(id, wanted)));
  const [match] = matches;
  if (matches.length > 1) throw new KustomizeFailure(`multiple matches for selector ${printId(wanted)}`, source.span);
  if (match === undefined) throw new KustomizeFailure(`nothing selected by ${printId(wanted)}`, source.span);
  const fieldPath = source.text('fieldPath') || 'metadata.name';
  const found = within(source.span, 'error looking up replacement source: ', () =>
    lookupPath(match.root, splitFieldPath(fieldPath)),
  );
  if (found === undefined || isEmptyNode(found)) {
    throw new KustomizeFailure(
      `fieldPath \`${fieldPath}\` is missing for replacement source ${printId(wanted)}`,
      source.span,
    );
  }
  return refined(found, optionsOf(source), source.span);
}

function exactId(source: Fields): ResId {
  const [group = '', version = '', kind = '', name = '', namespace = ''] = [
    'group',
    'version',
    'kind',
    'name',
    'namespace',
  ].map((each) => source.text(each));
  return { group, version, kind, name, namespace, isClusterScoped: false };
}

/** The id that it has, without what is known of its kind, and those that it had. */
function idsOf(item: Resource): ResId[] {
  const current = { ...gvkOf(item), name: nameOf(item), namespace: namespaceOf(item), isClusterScoped: false };
  return [current, ...previousIds(item)];
}

function isSelectedId(id: ResId, selector: ResId): boolean {
  return (
    (selector.name === '' || selector.name === id.name) &&
    (selector.namespace === '' || effectiveNamespace(selector) === effectiveNamespace(id)) &&
    isSelectedGvk(id, selector)
  );
}

function refined(value: YamlNode, { delimiter, index }: Options, span: Span): YamlNode {
  if (delimiter === '') return value;
  if (value.kind !== 'scalar') throw new KustomizeFailure('delimiter option can only be used with scalar nodes', span);
  const parts = textOf(value).split(delimiter);
  const part = parts[index];
  if (part === undefined) {
    throw new KustomizeFailure(`options.index ${index} is out of bounds for value ${textOf(value)}`, span);
  }
  const copy = copyNode(value);
  copy.value = part;
  addCause(copy, { by: 'replacements', start: value.start, end: value.end });
  return copy;
}

function optionsOf(fields: Fields): Options {
  const options = fields.fields('options');
  return {
    delimiter: options?.text('delimiter') ?? '',
    index: Number(options?.integer('index') ?? '0'),
    create: options?.isTrue('create') ?? false,
  };
}

function applyTo(items: readonly Resource[], target: Fields, value: YamlNode, cause: Cause): void {
  const select = target.fields('select');
  if (select === undefined) throw new KustomizeFailure('target must specify resources to select', target.span);
  const [selects, rejects] = within(target.span, 'error creating target selector: ', () => [
    compileSelector(selectorOf(select)),
    target
      .list('reject')
      .map((reject) => ({ selector: selectorOf(reject), compiled: compileSelector(selectorOf(reject)) })),
  ]);
  const paths = target.texts('fieldPaths');
  const fieldPaths = paths.length === 0 ? [{ value: 'metadata.name', span: target.span }] : paths;
  for (const item of items) {
    const ids = idsOf(item);
    if (!selects.matchesMetadata(item.root)) continue;
    if (rejects.some((reject) => isRejected(item, ids, reject.selector, reject.compiled))) continue;
    if (!ids.some((id) => matchesId(selects, id))) continue;
    for (const { value: path, span } of fieldPaths) {
      within(span, '', () => {
        copyTo(item.root, path, value, optionsOf(target), cause);
      });
    }
  }
}

function isRejected(item: Resource, ids: readonly ResId[], selector: Selector, compiled: CompiledSelector): boolean {
  const { annotationSelector, labelSelector, ...id } = selector;
  if ((annotationSelector !== '' || labelSelector !== '') && compiled.matchesMetadata(item.root)) return true;
  return Object.values(id).some((each) => each !== '') && ids.some((each) => matchesId(compiled, each));
}

function matchesId(selector: CompiledSelector, id: ResId): boolean {
  return selector.matchesGvk(id) && selector.matchesName(id.name) && selector.matchesNamespace(id.namespace);
}

/** The selector that a `target` or `select` is. */
export function selectorOf(fields: Fields): Selector {
  return {
    group: fields.text('group'),
    version: fields.text('version'),
    kind: fields.text('kind'),
    name: fields.text('name'),
    namespace: fields.text('namespace'),
    annotationSelector: fields.text('annotationSelector'),
    labelSelector: fields.text('labelSelector'),
  };
}

function copyTo(root: YamlNode, path: string, value: YamlNode, options: Options, cause: Cause): void {
  const parts = splitFieldPath(path);
  const creation: PathCreation | undefined = options.create ? { kind: value.kind, cause } : undefined;
  const set = (target: YamlNode): void => {
    setValue(target, value, options, cause);
  };
  if (replaceInText(root, parts, creation, set, cause)) return;
  const problem = `unable to find ${options.create ? 'or create ' : ''}field "${path}" in replacement target`;
  const found = within(undefined, `${problem}: `, () => matchPath(root, parts, creation));
  if (found === undefined || found.length === 0) throw new KustomizeFailure(problem);
  found.forEach(set);
}

function setValue(target: YamlNode, source: YamlNode, { delimiter, index }: Options, cause: Cause): void {
  const value = copyNode(source);
  if (delimiter !== '') {
    if (target.kind !== 'scalar') throw new KustomizeFailure('delimiter option can only be used with scalar nodes');
    const parts = target.value.split(delimiter);
    const text = textOf(value);
    if (index < 0) parts.unshift(text);
    else if (index >= parts.length) parts.push(text);
    else parts[index] = text;
    value.value = parts.join(delimiter);
  }
  if (target.kind === 'scalar') {
    target.value = value.value;
    if (source.start >= 0 && target.start === cause.start && target.end === cause.end) {
      target.start = source.start;
      target.end = source.end;
    }
  } else become(target, value);
  addCause(target, cause);
  addCause(target, { by: 'replacements', start: source.start, end: source.end });
}
