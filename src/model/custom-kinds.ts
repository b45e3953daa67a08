import { isBuiltIn } from './api-versions.ts';
import { customStruct } from './types/custom-schema.ts';
import type { CustomResourceDefinition, CustomResourceDefinitionSpec } from './kinds/custom-resource-definition.ts';
import type { JsonObject, ManifestObject } from './object.ts';
import { objectValue } from './object-value.ts';
import { structReference } from './types/schemas.ts';
import type { Struct, StructReference } from './types/type.ts';
import type { KubernetesVersion } from './versions.ts';

/** A kind that a CustomResourceDefinition of the tree makes. */
export interface CustomKind {
  readonly definition: ManifestObject;
  /** Absent where the definition has no schema, or another definition of the same kind has a different one. */
  readonly type: StructReference | undefined;
}

/** Custom kinds by `group/version Kind`. */
export type CustomKinds = ReadonlyMap<string, CustomKind>;

/** The kinds that the CustomResourceDefinitions among the objects make, of apiextensions.k8s.io/v1 and v1beta1. */
export function customKinds(objects: Iterable<ManifestObject>, version: KubernetesVersion): CustomKinds {
  const kinds = new Map<string, CustomKind>();
  const schemas = new Map<string, JsonObject | undefined>();
  for (const definition of objects) {
    if (definition.group !== 'apiextensions.k8s.io' || definition.kind !== 'CustomResourceDefinition') continue;
    const { spec }: CustomResourceDefinition = objectValue(definition, version);
    if (spec === undefined) continue;
    for (const { name, schema } of versionsOf(spec)) {
      const { group = '', names } = spec;
      for (const kind of [names?.kind, names?.listKind]) {
        if (kind === undefined || kind === '' || group === '') continue;
        if (isBuiltIn(`${group}/${name}`, kind, version.minor)) continue;
        const key = `${group}/${name} ${kind}`;
        const isList = kind === names?.listKind;
        if (!kinds.has(key)) {
          schemas.set(key, schema);
          const type = isList || schema === undefined ? undefined : customType(key, schema, definition, spec);
          kinds.set(key, { definition, type });
        } else if (!isSameSchema(schema, schemas.get(key))) kinds.set(key, { definition, type: undefined });
      }
    }
  }
  return kinds;
}

function isSameSchema(a: JsonObject | undefined, b: JsonObject | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Names and schemas of all versions; in v1beta1 one schema may stand for all, and one version above the list. */
function versionsOf(
  spec: CustomResourceDefinitionSpec,
): { readonly name: string; readonly schema: JsonObject | undefined }[] {
  const shared = spec.validation?.openAPIV3Schema;
  const listed = (spec.versions ?? []).flatMap(({ name, schema }) =>
    name === undefined ? [] : [{ name, schema: schema?.openAPIV3Schema ?? shared }],
  );
  if (listed.length > 0 || spec.version === undefined) return listed;
  return [{ name: spec.version, schema: shared }];
}

function customType(
  key: string,
  schema: JsonObject,
  { version }: ManifestObject,
  spec: CustomResourceDefinitionSpec,
): StructReference {
  const prunes = version === 'v1' ? spec.preserveUnknownFields !== true : spec.preserveUnknownFields === false;
  const objectMeta = structReference('meta.v1.ObjectMeta');
  let struct: Struct | undefined;
  return { kind: 'struct', name: key, resolve: () => (struct ??= customStruct(key, schema, { prunes, objectMeta })) };
}
