/** What a type is made of. */
type Kind =
  | 'any'
  | 'bool'
  | 'bytes'
  | 'double'
  | 'duration'
  | 'dyn'
  | 'error'
  | 'int'
  | 'list'
  | 'map'
  | 'null'
  | 'opaque'
  | 'param'
  | 'string'
  | 'struct'
  | 'timestamp'
  | 'type'
  | 'uint';

/** A type of CEL, which is also a value. `nullable` marks wrappers. Mirrors cel-go's common/types Type. */
export class CelType {
  readonly kind: Kind;
  /** The name at run time: `null_type`, `google.protobuf.Duration`. */
  readonly name: string;
  readonly params: readonly CelType[];
  readonly nullable: boolean;

  constructor(kind: Kind, name: string, params: readonly CelType[] = [], nullable = false) {
    this.kind = kind;
    this.name = name;
    this.params = params;
    this.nullable = nullable;
  }
}

export const ANY = new CelType('any', 'google.protobuf.Any');
export const BOOL = new CelType('bool', 'bool');
export const BYTES = new CelType('bytes', 'bytes');
export const DOUBLE = new CelType('double', 'double');
export const DURATION = new CelType('duration', 'google.protobuf.Duration');
export const DYN = new CelType('dyn', 'dyn');
export const ERROR = new CelType('error', 'error');
export const INT = new CelType('int', 'int');
export const NULL = new CelType('null', 'null_type');
export const STRING = new CelType('string', 'string');
export const TIMESTAMP = new CelType('timestamp', 'google.protobuf.Timestamp');
export const TYPE = new CelType('type', 'type');
export const UINT = new CelType('uint', 'uint');
export const LIST = listType(DYN);
export const MAP = mapType(DYN, DYN);
export const OPTIONAL = optionalType(DYN);

export function listType(item: CelType): CelType {
  return new CelType('list', 'list', [item]);
}

export function mapType(key: CelType, value: CelType): CelType {
  return new CelType('map', 'map', [key, value]);
}

export function optionalType(value: CelType): CelType {
  return new CelType('opaque', 'optional_type', [value]);
}

/** A type that only its own functions can look into, such as `net.IP`. */
export function opaqueType(name: string, params: readonly CelType[] = []): CelType {
  return new CelType('opaque', name, params);
}

export function structType(name: string): CelType {
  return new CelType('struct', name);
}

export function paramType(name: string): CelType {
  return new CelType('param', name);
}

/** The type of a type. */
export function typeOfType(type: CelType): CelType {
  return new CelType('type', 'type', [type]);
}

/** A type that null may stand in for. */
export function nullableType({ kind, name, params }: CelType): CelType {
  return new CelType(kind, name, params, true);
}

export function isDyn({ kind }: CelType): boolean {
  return kind === 'dyn' || kind === 'any';
}

export function isOptionalType({ kind, name }: CelType): boolean {
  return kind === 'opaque' && name === 'optional_type';
}

/** Whether two types are the same; parameters are told apart by name only where `exact`. */
export function isSameType(left: CelType, right: CelType, exact = true): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind || left.params.length !== right.params.length) return false;
  if ((exact || left.kind !== 'param') && left.name !== right.name) return false;
  return left.params.every((param, index) => isSameType(param, right.params[index] ?? ERROR, exact));
}

/** Whether a value of a type can stand where another is declared, parameters aside. Mirrors Type.IsAssignableType. */
export function isAssignableType(to: CelType, from: CelType): boolean {
  if (to === from || isDyn(to) || to.kind === 'param') return true;
  if (to.nullable && from.kind === 'null') return true;
  if (to.kind !== from.kind || to.name !== from.name || to.params.length !== from.params.length) return false;
  return to.params.every((param, index) => isAssignableType(param, from.params[index] ?? ERROR));
}

const SHORT_NAMES: Partial<Record<Kind, string>> = {
  any: 'any',
  duration: 'duration',
  error: '!error!',
  null: 'null',
  timestamp: 'timestamp',
};

/** A type as the checker's messages write it. Mirrors checker.FormatCELType. */
export function formatType(type: CelType): string {
  const short = SHORT_NAMES[type.kind];
  if (short !== undefined) return short;
  if (type.kind === 'param') return type.name;
  if (type.params.length === 0) return declaredName(type);
  return `${type.name}(${type.params.map(formatType).join(', ')})`;
}

/** A type as cel-go prints it elsewhere. Mirrors Type.String. */
export function typeText(type: CelType): string {
  if (type.kind === 'param') return `<${type.name}>`;
  const name = declaredName(type);
  return type.params.length === 0 ? name : `${name}(${type.params.map(typeText).join(', ')})`;
}

function declaredName({ name, nullable }: CelType): string {
  return nullable ? `wrapper(${name})` : name;
}

/** The type of a field of a struct; undefined where there is none. */
export type StructFields = (field: string) => CelType | undefined;
