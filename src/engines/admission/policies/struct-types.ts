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

/**
 * A kind of Go structs as types of CEL. As the server checks types (`server`), quantities have none, and times and bytes are their own; as
 * expressions meet them (`runtime`), all of these are strings. Mirrors SchemaDeclType of the apiserver's pkg/cel/common and the schemas of its OpenAPI, v1.37.
 */
export function structTypes(kind: string, root: Struct, minor: number, reading: 'server' | 'runtime'): StructTypes {
  const structs = new Map<string, Struct | undefined>([[kind, root]]);
  const place = (name: string, struct: Struct | undefined): CelType => {
    structs.set(name, struct);
    return structType(name);
  };
  const typeOf = (type: Type, name: string): CelType | undefined => {
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
        return reading === 'server' ? place(name, undefined) : DYN;
      case 'pointer':
        return typeOf(type.to, name);
      case 'slice': {
        const item = typeOf(type.of, `${name}.@idx`);
        return item && listType(item);
      }
      case 'map': {
        const value = typeOf(type.of, `${name}.@elem`);
        return value && mapType(STRING, value);
      }
      case 'struct':
        return place(name, type.resolve());
    }
  };
  return {
    root: structType(kind),
    fields: (name) => {
      if (!structs.has(name)) return undefined;
      const struct = structs.get(name);
      return (field) => {
        const declared = struct && fieldOf(struct, field, minor);
        return declared && typeOf(declared.type, `${name}.${field}`);
      };
    },
  };
}
