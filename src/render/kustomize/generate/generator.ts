import { compareBytes } from '../../../lang/byte-order.ts';
import { encodeBase64 } from '../../../lang/base64.ts';
import type { Span } from '../../../text/tree.ts';
import { newNode, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { addCause, lookup, scalarNode, setField, textNode } from '../node/edit.ts';
import type { Fields } from '../read/decode.ts';
import {
  BEHAVIOR,
  enable,
  NEEDS_HASH,
  newObject,
  newResource,
  setAnnotation,
  setLabel,
  type Resource,
} from '../resource/resource.ts';
import { readKeyValues, type GeneratorFiles, type KeyValue } from './key-values.ts';

/** `generatorOptions` and `options` in one: those of the kustomization fill in what the generator's own leave open. */
interface Options {
  readonly labels: ReadonlyMap<string, { readonly value: string; readonly span: Span }>;
  readonly annotations: ReadonlyMap<string, { readonly value: string; readonly span: Span }>;
  readonly disableNameSuffixHash: boolean;
  readonly immutable: boolean;
}

/** The ConfigMap or Secret that a generator makes (mirrors kustomize api v0.21.2, internal/generators and types/generatoroptions.go). */
export function generate(
  kind: 'ConfigMap' | 'Secret',
  generator: Fields,
  globalOptions: Fields | undefined,
  files: GeneratorFiles,
): Resource {
  const by = kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator';
  const metadata = generator.fields('metadata');
  const named = generator.text('name') === '' ? metadata : generator;
  const name = named?.text('name') ?? '';
  if (name === '') throw new KustomizeFailure('a configmap must have a name', generator.span);
  const root = newObject(kind, generator.span);
  const cause = { by, ...generator.span };
  for (const node of root.content) addCause(node, cause);
  setMeta(root, 'name', name, named?.placed('name').span ?? generator.span);
  const namespaced = generator.text('namespace') === '' ? metadata : generator;
  const namespace = namespaced?.text('namespace') ?? '';
  if (namespace !== '') setMeta(root, 'namespace', namespace, namespaced?.placed('namespace').span ?? generator.span);
  if (kind === 'Secret') {
    const type = generator.placed('type');
    const node = textNode(type.value === '' ? 'Opaque' : type.value, type.span);
    if (type.value === '') addCause(node, cause);
    setField(root, 'type', node, type.span);
  }
  setData(root, kind, readKeyValues(name, generator, files), generator.span);
  const options = mergeOptions(generator.fields('options'), globalOptions);
  for (const [key, { value, span }] of sorted(options.labels)) setLabel(root, key, value, span);
  for (const [key, { value, span }] of sorted(options.annotations)) setAnnotation(root, key, value, span);
  if (options.immutable) {
    const node = scalarNode('true', '!!bool', generator.span);
    addCause(node, cause);
    setField(root, 'immutable', node, generator.span);
  }
  const resource = newResource(root);
  if (!options.disableNameSuffixHash) enable(resource, NEEDS_HASH);
  const behavior = generator.text('behavior');
  setAnnotation(root, BEHAVIOR, BEHAVIORS.includes(behavior) ? behavior : 'unspecified');
  return resource;
}

const BEHAVIORS = ['create', 'replace', 'merge'];

function sorted<T>(map: ReadonlyMap<string, T>): (readonly [string, T])[] {
  return [...map].sort(([left], [right]) => compareBytes(left, right));
}

function setMeta(root: YamlNode, name: string, value: string, span: Span): void {
  const metadata = lookup(root, ['metadata'], 'map', span);
  if (metadata !== undefined) setField(metadata, name, textNode(value, span), span);
}

function mergeOptions(own: Fields | undefined, shared: Fields | undefined): Options {
  const texts = (name: string): Options['labels'] =>
    new Map([...(shared?.pairs(name) ?? []), ...(own?.pairs(name) ?? [])].map((pair) => [pair.key, pair]));
  const isTrue = (name: string): boolean => own?.isTrue(name) === true || shared?.isTrue(name) === true;
  return {
    labels: texts('labels'),
    annotations: texts('annotations'),
    disableNameSuffixHash: isTrue('disableNameSuffixHash'),
    immutable: isTrue('immutable'),
  };
}

function setData(root: YamlNode, kind: 'ConfigMap' | 'Secret', entries: readonly KeyValue[], span: Span): void {
  const by = kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator';
  if (kind === 'Secret') lookup(root, ['data'], 'map', span);
  for (const entry of entries.toSorted((left, right) => compareBytes(left.key, right.key))) {
    const isPlain = kind === 'ConfigMap' && entry.bytes === undefined;
    const text = isPlain ? entry.text : foldedBase64(entry.bytes ?? new TextEncoder().encode(entry.text));
    const node = textNode(text, entry.span);
    addCause(node, { by, ...entry.from });
    const map =
      lookup(root, [kind === 'Secret' || isPlain ? 'data' : 'binaryData'], 'map', span) ?? newNode('map', span);
    setField(map, entry.key, node, entry.from);
  }
}

const BASE64_LINE = 70;

/** Base64 with a line break behind every 70 digits and at the end, unless it fits into one line (mirrors kyaml, yaml/datamap.go). */
export function foldedBase64(bytes: Uint8Array): string {
  const text = encodeBase64(bytes);
  if (text.length < BASE64_LINE) return text;
  return text.replace(/.{1,70}/g, '$&\n');
}
