import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DYN,
  INT,
  listType,
  mapType,
  STRING,
  structType,
  TIMESTAMP,
} from '../../../lang/cel/types/cel-type.ts';
import { fieldOf, type Struct, type Type } from '../../../model/types/type.ts';

/** The fields of the structs below one kind, by the name that each gets from its place: `Deployment.spec`. */
export interface StructTypes {
  readonly root: CelType;
  /** The type of a field; undefined for a struct of another kind. */
  readonly fields: (name: string) => ((field: string) => CelType | undefined) | undefined;
}

interface Place {
  readonly struct: Struct | undefined;
  /** The structs around it: one that holds itself has no fields inside. */
  readonly around: ReadonlySet<string>;
}

/**
 * A kind of Go structs as types of CEL. As the server checks types (`server`), quantities have none, and times and bytes are their own; as
 * expressions meet them (`runtime`), all of these are strings. Mirrors SchemaDeclType of the apiserver's pkg/cel/common and the schemas of its OpenAPI, v1.37.
 */
export function structTypes(kind: string, root: Struct, minor: number, reading: 'server' | 'runtime'): StructTypes {
  const places = new Map<string, Place>([[kind, { struct: root, around: new Set([root.name]) }]]);
  const place = (name: string, struct: Struct | undefined, around: ReadonlySet<string>): CelType => {
    const isInside = struct !== undefined && around.has(struct.name);
    if (!places.has(name))
      places.set(name, {
        struct: isInside ? undefined : struct,
        around: struct === undefined ? around : new Set([...around, struct.name]),
      });
    return structType(name);
  };
  const typeOf = (type: Type, name: string, around: ReadonlySet<string>): CelType | undefined => {
    switch (type.kind) {
      case 'string':
        return STRING;
      case 'bool':
        return BOOL;
      case 'float64':
        return DOUBLE;
      case 'int':
      case 'int32':
      case 'int64':
      case 'uint8':
        return INT;
      case 'bytes':
        return reading === 'server' ? BYTES : STRING;
      case 'time':
      case 'micro-time':
        return reading === 'server' ? TIMESTAMP : STRING;
      case 'int-or-string':
        return DYN;
      case 'any':
        return reading === 'server' ? undefined : DYN;
      case 'quantity':
        return reading === 'server' ? undefined : STRING;
      case 'raw':
      case 'fields':
        return reading === 'server' ? place(name, undefined, around) : DYN;
      case 'pointer':
        return typeOf(type.to, name, around);
      case 'slice': {
        const item = typeOf(type.of, `${name}.@idx`, around);
        return item && listType(item);
      }
      case 'map': {
        const value = typeOf(type.of, `${name}.@elem`, around);
        return value && mapType(STRING, value);
      }
      case 'struct':
        return place(name, type.resolve(), around);
    }
  };
  return {
    root: structType(kind),
    fields: (name) => {
      const found = places.get(name);
      if (found === undefined) return undefined;
      const { struct, around } = found;
      return (field) => {
        const declared = struct && fieldOf(struct, field, minor);
        return declared && typeOf(declared.type, `${name}.${field}`, around);
      };
    },
  };
}
