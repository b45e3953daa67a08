/**
 * The types manifests are decoded into: what Go's reflection knows of the API's structs, and the same for custom resources. A
 * `name` is the Go name as error messages print it (`v1.Protocol`); scalars and containers without one are plain (`string`).
 */
export type Type = ScalarType | PointerType | SliceType | MapType | StructReference | CustomType;

export interface ScalarType {
  readonly kind: 'string' | 'bool' | 'int32' | 'int64' | 'int' | 'uint8' | 'float64' | 'bytes' | 'any';
  readonly name: string;
}

export interface PointerType {
  readonly kind: 'pointer';
  readonly to: Exclude<Type, PointerType>;
}

export interface SliceType {
  readonly kind: 'slice';
  readonly of: Type;
  readonly name: string;
}

/** Keys are always strings in the API; `key` is their Go type's name. */
export interface MapType {
  readonly kind: 'map';
  readonly key: string;
  readonly of: Type;
  readonly name: string;
}

/** A struct by name, resolved when met, so that types can be recursive and are parsed only where a manifest needs them. */
export interface StructReference {
  readonly kind: 'struct';
  readonly name: string;
  readonly resolve: () => Struct;
}

/** Types that decode themselves, whose insides the strict decoder does not see. */
export interface CustomType {
  readonly kind: 'quantity' | 'int-or-string' | 'time' | 'micro-time' | 'raw' | 'fields';
}

/** One JSON field of a struct, in the minors of Kubernetes from `since` to `until` (both inside). */
export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly since: number;
  readonly until: number;
  /** When the zero value is left out on writing: never, when empty (omitempty), when zero (omitzero). */
  readonly omit: 'never' | 'empty' | 'zero';
  /** Go names of the embedded structs the field comes from: `VolumeSource`, `RuleWithOperations.Rule`; '' for its own. */
  readonly via: string;
  /** The same field as it was in other versions, where its type changed. */
  readonly other: Field | undefined;
}

export interface Struct {
  /** `core.v1.PodSpec` */
  readonly name: string;
  readonly fields: ReadonlyMap<string, Field>;
  /** A custom resource's object: unknown fields are kept (x-kubernetes-preserve-unknown-fields). */
  readonly open: boolean;
}

/** The field of that name in a minor version, or undefined where it does not exist then. */
export function fieldOf(struct: Struct, name: string, minor: number): Field | undefined {
  let field = struct.fields.get(name);
  while (field !== undefined && (minor < field.since || minor > field.until)) field = field.other;
  return field;
}

/** A type as Go's `reflect.Type.String` spells it: `[]v1.Container`, `map[string]string`, `*int32`. */
export function goTypeName(type: Type): string {
  switch (type.kind) {
    case 'pointer':
      return `*${goTypeName(type.to)}`;
    case 'slice':
      return type.name === '' ? `[]${goTypeName(type.of)}` : type.name;
    case 'map':
      return type.name === '' ? `map[${type.key}]${goTypeName(type.of)}` : type.name;
    case 'struct':
      return shortGoName(type.name);
    case 'quantity':
      return 'resource.Quantity';
    case 'int-or-string':
      return 'intstr.IntOrString';
    case 'time':
      return 'v1.Time';
    case 'micro-time':
      return 'v1.MicroTime';
    case 'raw':
      return 'runtime.RawExtension';
    case 'fields':
      return 'v1.FieldsV1';
    case 'bytes':
      return type.name === '' ? '[]uint8' : type.name;
    case 'any':
      return 'interface {}';
    default:
      return type.name === '' ? type.kind : type.name;
  }
}

/** `v1.PodSpec` of `core.v1.PodSpec`: a Go name with its package as code spells it. */
export function shortGoName(name: string): string {
  return name.slice(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
}
