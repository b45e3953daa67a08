import { structNamed } from '../../model/types/schemas.ts';
import { fieldOf, type Field, type Struct, type Type } from '../../model/types/type.ts';
import type { ScalarType, Shape, ShapeField } from './shape.ts';

const known = new Map<number | undefined, Map<string, Shape>>();

/**
 * The shape of a Go struct of the API (`core.v1.PodSpec`) as Kubernetes of that minor has it; without a minor, with the fields of all of them.
 * Facts: the structs of `model/schemas`, 1.11 to 1.37.
 */
export function modelShape(name: string, minor?: number): Shape {
  let ofMinor = known.get(minor);
  if (ofMinor === undefined) known.set(minor, (ofMinor = new Map<string, Shape>()));
  let shape = ofMinor.get(name);
  if (shape === undefined) ofMinor.set(name, (shape = new StructShape(name, minor)));
  return shape;
}

/** Finds its fields when they are first asked for: of the structs below a pod's, a manifest has few, and structs may hold themselves. */
class StructShape implements Shape {
  readonly name: string;
  readonly #struct: string;
  readonly #minor: number | undefined;
  #fields: Map<string, ShapeField> | undefined;

  constructor(struct: string, minor: number | undefined) {
    this.name = struct.slice(struct.lastIndexOf('.') + 1);
    this.#struct = struct;
    this.#minor = minor;
  }

  get fields(): Map<string, ShapeField> {
    if (this.#fields === undefined) {
      const struct = structNamed(this.#struct);
      const fields = fieldsIn(struct, this.#minor).map((field) => shapeField(field, struct, this.#minor));
      this.#fields = new Map(fields.map((field) => [field.name, field]));
    }
    return this.#fields;
  }
}

function fieldsIn(struct: Struct, minor: number | undefined): readonly Field[] {
  if (minor === undefined) return [...struct.fields.values()];
  return [...struct.fields.keys()].flatMap((name) => fieldOf(struct, name, minor) ?? []);
}

function shapeField(field: Field, struct: Struct, minor: number | undefined): ShapeField {
  const { name, type, omit } = field;
  const base = { name, always: omit === 'never', since: 0 };
  switch (type.kind) {
    case 'slice':
      return { ...base, kind: 'list', type: elementOf(type.of, minor) };
    case 'map':
      return { ...base, kind: 'map', type: elementOf(type.of, minor) };
    case 'pointer': {
      // Of a field whose type has changed only OpenAPI tells, which knows no pointers: what is no pointer today was none before.
      const isEmbedded = type.to.kind === 'struct' && struct.fields.get(name)?.type.kind === 'struct';
      return { ...base, kind: isEmbedded ? 'value' : 'pointer', type: elementOf(type.to, minor) };
    }
    default:
      return { ...base, kind: 'value', type: elementOf(type, minor) };
  }
}

function elementOf(type: Type, minor: number | undefined): ScalarType | Shape {
  switch (type.kind) {
    case 'struct':
      return modelShape(type.name, minor);
    case 'string':
    case 'bytes':
      return 'string';
    case 'bool':
      return 'bool';
    case 'int32':
    case 'int64':
      return type.kind;
    case 'int':
    case 'uint8':
      return 'int64';
    case 'quantity':
      return 'quantity';
    case 'int-or-string':
      return 'intOrString';
    case 'time':
      return 'time';
    default:
      return 'json';
  }
}
