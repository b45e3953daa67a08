import { isObject, record, text } from '../../../model/json.ts';
import { plainJson } from '../../../model/object-value.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { KustomizeFailure, within } from '../failure/kustomize-failure.ts';
import { checkType, type Fields } from '../read/decode.ts';
import { CONFIGURATION } from '../read/types.ts';
import { fieldSpec, type FieldSpec } from '../transform/field-spec.ts';
import { readTree, type Build, type Target } from './build.ts';
import {
  defaultConfig,
  EMPTY_CONFIG,
  mergeConfigs,
  sortConfig,
  SPEC_LISTS,
  type TransformerConfig,
} from './transformer-config.ts';

/** The places that a kustomization's transformers change: those built in, and those that its `configurations` add. */
export function configurationOf(build: Build, { fields, loader }: Target): TransformerConfig {
  let added = EMPTY_CONFIG;
  for (const { value: path, span } of fields.texts('configurations')) {
    within(span, '', () => {
      const config = build.fieldsOf(loader.load(path), CONFIGURATION, true, '', true);
      added = mergeConfigs(added, sortConfig(readConfig(config)));
    });
  }
  return added === EMPTY_CONFIG ? defaultConfig() : mergeConfigs(defaultConfig(), added);
}

function readConfig(config: Fields): TransformerConfig {
  const lists = Object.fromEntries(SPEC_LISTS.map((name) => [name, config.list(name).map(readFieldSpec)]));
  const nameReference = config.list('nameReference').map((reference) => ({
    ...gvkIn(reference),
    referrers: reference.list('fieldSpecs').map(readFieldSpec),
  }));
  return { ...EMPTY_CONFIG, ...lists, nameReference };
}

/** A field spec as it is written. */
export function readFieldSpec(spec: Fields): FieldSpec {
  return fieldSpec(spec.text('path'), spec.isTrue('create'), gvkIn(spec));
}

function gvkIn(fields: Fields): Pick<FieldSpec, 'group' | 'version' | 'kind'> {
  return { group: fields.text('group'), version: fields.text('version'), kind: fields.text('kind') };
}

/** The places that `crds` add: Go's OpenAPI definitions, not CustomResourceDefinitions (mirrors internal/accumulator/loadconfigfromcrds.go). */
export function configurationOfCrds(build: Build, { fields, loader }: Target): TransformerConfig {
  let config = EMPTY_CONFIG;
  for (const { value: path, span } of fields.texts('crds')) {
    within(span, '', () => {
      const file = loader.load(path);
      if (file.text === '') throw new KustomizeFailure('panic: runtime error: index out of range [0] with length 0');
      const prefix = `unable to parse open API definition from '${path}': `;
      const tree = readTree(file.text, build.space.add(file), `${prefix}error unmarshaling JSON: `);
      if (tree === undefined) return;
      within(span, prefix, () => {
        checkType(tree, { map: { fields: { Schema: { map: 'any' }, Dependencies: { list: 'string' } } } }, false);
      });
      const definitions = record(plainJson(tree));
      for (const name of Object.keys(definitions)) {
        if (!isKind(schemaIn(definitions, name))) continue;
        const kind = name.split('.').at(-1) ?? '';
        config = mergeConfigs(config, specsOf(definitions, name, kind, [], []));
      }
    });
  }
  return config;
}

function schemaIn(definitions: JsonObject, name: string): JsonObject {
  const definition = record(definitions[name]);
  const key = Object.keys(definition).find((each) => each.toLowerCase() === 'schema');
  return record(key === undefined ? undefined : definition[key]);
}

function isKind(schema: JsonObject): boolean {
  const properties = record(schema.properties);
  return ['kind', 'apiVersion', 'metadata'].every((name) => Object.hasOwn(properties, name));
}

function specsOf(
  definitions: JsonObject,
  name: string,
  kind: string,
  path: readonly string[],
  open: readonly string[],
): TransformerConfig {
  if (open.includes(name)) throw new KustomizeFailure('panic: runtime error: stack overflow');
  let config = EMPTY_CONFIG;
  const spec = (...more: string[]): FieldSpec =>
    fieldSpec([...path, ...more].join('/'), false, { group: '', version: '', kind });
  for (const [property, value] of Object.entries(record(schemaIn(definitions, name).properties))) {
    if (!isObject(value)) continue;
    const has = (extension: string): boolean => typeof value[extension] === 'string';
    const add = (more: Partial<TransformerConfig>): void => {
      config = mergeConfigs(config, { ...EMPTY_CONFIG, ...more });
    };
    if (has('x-kubernetes-annotation')) add({ commonAnnotations: [spec(property)] });
    if (has('x-kubernetes-label-selector')) add({ commonLabels: [spec(property)] });
    if (has('x-kubernetes-identity')) add({ namePrefix: [spec(property)] });
    if (has(REFERENCE_VERSION) && has(REFERENCE_KIND)) {
      const nameKey = has(REFERENCE_KEY) ? text(value[REFERENCE_KEY]) : 'name';
      const referred = { group: '', version: text(value[REFERENCE_VERSION]), kind: text(value[REFERENCE_KIND]) };
      add({ nameReference: [{ ...referred, referrers: [spec(property, nameKey)] }] });
    }
    const reference: Json | undefined = value.$ref;
    if (typeof reference === 'string') {
      config = mergeConfigs(config, specsOf(definitions, reference, kind, [...path, property], [...open, name]));
    }
  }
  return config;
}

const REFERENCE_VERSION = 'x-kubernetes-object-ref-api-version';
const REFERENCE_KIND = 'x-kubernetes-object-ref-kind';
const REFERENCE_KEY = 'x-kubernetes-object-ref-name-key';
