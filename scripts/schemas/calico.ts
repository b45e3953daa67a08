import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { customStruct } from '../../src/model/types/custom-schema.ts';
import type { JsonObject } from '../../src/model/object.ts';
import type { Struct, StructReference, Type } from '../../src/model/types/type.ts';

interface CalicoFile {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly schema: JsonObject;
}

/** The structs and kinds of the Calico schemas of a directory, packed; equal structs are written once. */
export function packCalico(directory: string): {
  readonly lines: string[];
  readonly kinds: ReadonlyMap<string, string>;
} {
  const objectMeta: StructReference = {
    kind: 'struct',
    name: 'meta.v1.ObjectMeta',
    resolve: () => {
      throw new Error('never resolved while packing');
    },
  };
  const kinds = new Map<string, string>();
  const byBody = new Map<string, string>();
  const lines: string[] = [];
  const written = new Set<string>();

  const pack = (struct: Struct): string => {
    const words = [...struct.fields.values()].map((field) => `${field.name}:${packType(field.type)}?`);
    const body = words.join(' ');
    const key = `${struct.open ? '!' : ''}\t${body}`;
    const known = byBody.get(key);
    if (known !== undefined) return known;
    let name = `calico.${calicoName(struct.name)}`;
    for (let number = 2; written.has(name); number++) name = `calico.${calicoName(struct.name)}${number}`;
    written.add(name);
    byBody.set(key, name);
    lines.push(name + key);
    return name;
  };

  const packType = (type: Type): string => {
    switch (type.kind) {
      case 'struct':
        return type === objectMeta ? `#${type.name}` : `#${pack(type.resolve()).replace('calico.', '')}`;
      case 'slice':
        return `[${packType(type.of)}`;
      case 'map':
        return `{${packType(type.of)}`;
      default:
        return LETTERS[type.kind] ?? 'J';
    }
  };

  for (const file of readdirSync(directory).sort().reverse()) {
    const { group, version, kind, schema } = JSON.parse(readFileSync(join(directory, file), 'utf8')) as CalicoFile;
    kinds.set(`${group}/${version} ${kind}`, pack(customStruct(kind, schema, { prunes: true, objectMeta })));
  }
  return { lines: lines.sort(), kinds };
}

const LETTERS: Readonly<Record<string, string>> = {
  string: 's',
  bool: 'b',
  int64: 'l',
  float64: 'f',
  'int-or-string': 'I',
};

/** `NetworkPolicySpecEgress` of `NetworkPolicy.spec.egress[]`. */
function calicoName(path: string): string {
  return path.replaceAll(/[[\]{}]/g, '').replaceAll(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());
}
