import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What the OpenAPI definitions of all versions say about one struct: in which minors it and its fields exist, and the fields' types. */
export interface Definition {
  readonly minors: number[];
  readonly fields: Map<string, Map<number, { readonly type: string; readonly required: boolean }>>;
}

export interface Definitions {
  readonly structs: Map<string, Definition>;
  /** `group/version Kind` → name of its struct and the minors that have it. */
  readonly kinds: Map<string, { readonly struct: string; readonly minors: number[] }>;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | string[];
  readonly format?: string;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

/** Definitions that are scalars or decode themselves, by short name: the packed letter of each. */
export const CUSTOM: Readonly<Record<string, string>> = {
  'api.resource.Quantity': 'Q',
  'util.intstr.IntOrString': 'I',
  'meta.v1.Time': 'T',
  'meta.v1.MicroTime': 'M',
  'runtime.RawExtension': 'R',
  'meta.v1.FieldsV1': 'F',
  'meta.v1.Fields': 'F',
  'meta.v1.Patch': 'J',
};

const PREFIXES =
  /^io\.k8s\.(?:api\.|apimachinery\.pkg\.(?:apis\.)?|(?:apiextensions-apiserver|kube-aggregator)\.pkg\.apis\.)/;

/** `core.v1.PodSpec` of `io.k8s.api.core.v1.PodSpec`, as the Go facts name it. */
function shortName(name: string): string {
  const path = name.slice(name.lastIndexOf('/') + 1);
  return path.replace(PREFIXES, '');
}

/** Reads `_definitions.json` of every minor found under the directories (of unpacked kubernetes-validate packages). */
export function readDefinitions(directories: readonly string[]): Definitions {
  const structs: Definitions['structs'] = new Map();
  const kinds: Definitions['kinds'] = new Map();
  const files = directories.flatMap((directory) =>
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .map((path) => ({ path: join(directory, path), match: /v1\.(\d+)\.0-local\/_definitions\.json$/.exec(path) }))
      .flatMap(({ path, match }) => (match === null ? [] : [{ path, minor: Number(match[1]) }])),
  );
  for (const { path, minor } of files.sort((a, b) => a.minor - b.minor)) {
    const json = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Readonly<Record<string, Schema>>>;
    for (const [name, schema] of Object.entries(json.$defs ?? json.definitions ?? {})) {
      if (!name.startsWith('io.k8s.kubernetes.pkg.')) addDefinition({ structs, kinds }, shortName(name), schema, minor);
    }
  }
  return { structs, kinds };
}

function addDefinition({ structs, kinds }: Definitions, name: string, schema: Schema, minor: number): void {
  const known: Definition = structs.get(name) ?? { minors: [], fields: new Map() };
  structs.set(name, known);
  known.minors.push(minor);
  for (const [field, type] of Object.entries(schema.properties ?? {})) {
    const seen = known.fields.get(field) ?? new Map<number, { type: string; required: boolean }>();
    known.fields.set(field, seen);
    seen.set(minor, { type: packedType(type), required: schema.required?.includes(field) ?? false });
  }
  for (const { group, version, kind } of schema['x-kubernetes-group-version-kind'] ?? []) {
    const key = `${group === '' ? '' : `${group}/`}${version} ${kind}`;
    const served = kinds.get(key) ?? { struct: name, minors: [] as number[] };
    kinds.set(key, served);
    served.minors.push(minor);
  }
}

/** A schema as a packed type with full names: `*#core.v1.PodSpec`, `[s`, `{Q`. */
function packedType(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = shortName(schema.$ref);
    return CUSTOM[name] ?? (/\.(?:JSON|JSONSchemaPropsOr\w+)$/.test(name) ? 'J' : `#${name}`);
  }
  if (schema.items !== undefined) return `[${packedType(schema.items)}`;
  if (typeof schema.additionalProperties === 'object') return `{${packedType(schema.additionalProperties)}`;
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'string':
      return schema.format === 'byte' ? 'y' : 's';
    case 'integer':
      return schema.format === 'int64' ? 'l' : 'i';
    case 'boolean':
      return 'b';
    case 'number':
      return 'f';
    default:
      return 'J';
  }
}
