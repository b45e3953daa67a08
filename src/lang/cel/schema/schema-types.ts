import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listType,
  mapType,
  STRING,
  structType,
  TIMESTAMP,
} from '../types/cel-type.ts';
import { escapeField, isReservedField } from './escape-field.ts';
import { type StructuralSchema, withObjectMeta } from './structural-schema.ts';

/** The type of a schema, with those of the structs in it by name. */
export interface SchemaTypes {
  readonly root: CelType;
  readonly fields: (name: string) => ((field: string) => CelType | undefined) | undefined;
}

/** From here on words of the language may be names of fields. */
const FIRST_RESERVED_FIELDS = 31;

/**
 * The types that expressions see; undefined where the schema shows them nothing. `isRoot`: the schema of an object of its own. Mirrors SchemaDeclType of the
 * apiserver's pkg/cel/common/schemas.go.
 */
export function schemaTypes(schema: StructuralSchema, isRoot: boolean, minor: number): SchemaTypes | undefined {
  const structs = new Map<string, ReadonlyMap<string, CelType>>();
  const typeOf = (each: StructuralSchema, name: string, isOwn: boolean): CelType | undefined => {
    if (each.intOrString) return DYN;
    const node = isOwn ? withObjectMeta(each) : each;
    switch (node.type) {
      case 'array': {
        const item = node.items && typeOf(node.items, `${name}.@idx`, node.items.embedded);
        return item && listType(item);
      }
      case 'object':
        if (node.values !== undefined) {
          const value = typeOf(node.values, `${name}.@elem`, node.values.embedded);
          return value && mapType(STRING, value);
        }
        structs.set(name, fieldsOf(node, name));
        return structType(name);
      case 'string':
        return FORMATS[node.format] ?? STRING;
      case 'boolean':
        return BOOL;
      case 'number':
        return DOUBLE;
      case 'integer':
        return INT;
      default:
        return undefined;
    }
  };
  const fieldsOf = ({ properties }: StructuralSchema, name: string): ReadonlyMap<string, CelType> => {
    const fields = new Map<string, CelType>();
    for (const [field, property] of properties) {
      const escaped = escapeField(field);
      const type = escaped && typeOf(property, `${name}.${escaped}`, property.embedded);
      if (escaped !== undefined && type !== undefined && type !== '') fields.set(escaped, type);
    }
    return fields;
  };
  const root = typeOf(schema, 'selfType', isRoot);
  return (
    root && {
      root,
      fields: (name) => {
        const fields = structs.get(name);
        if (fields === undefined) return undefined;
        return (field) =>
          fields.get(field) ??
          (minor >= FIRST_RESERVED_FIELDS && isReservedField(field) ? fields.get(`__${field}__`) : undefined);
      },
    }
  );
}

const FORMATS: Readonly<Record<string, CelType>> = {
  byte: BYTES,
  duration: DURATION,
  date: TIMESTAMP,
  'date-time': TIMESTAMP,
};
