import { once } from '../../../lang/once.ts';
import { TEMPLATE_STRUCTS } from '../../data/template-structs.ts';

/*
 * The packed structs of a pod template, one a line, written by scripts/template-hash:
 *
 *   Volume\tName:s +VolumeSource
 *   PodSpec\tVolumes:[#Volume ... DNSPolicy=dnsPolicy:s.DNSPolicy ... Overhead:R@16- ... WorkloadRef:*#WorkloadReference@35-35
 *
 * A field is its Go name, `=` and its JSON name where that is not the Go name with a small first letter, and its type; `+Name` is an
 * embedded struct whose fields stand in line. `@since-until` are minors, where not all that have the struct have the field there. The types
 * are s, b, i, l (string, bool, int32, int64), with `.Name` where they are named, Q (Quantity), T (Time), I (IntOrString), R (ResourceList),
 * F (a struct that a template does not use), `*T`, `[T`, `{T` (a map from strings) and `#Struct`. Names are of packages called v1 unless
 * they say otherwise.
 */

type ScalarKind = 'string' | 'bool' | 'int32' | 'int64' | 'quantity' | 'time' | 'intOrString' | 'opaque';

/** A Go type, with its name as reflection prints it: `*v1.Probe`, `[]string`, `v1.PullPolicy`. */
export type TemplateType = { readonly goName: string } & (
  | { readonly kind: ScalarKind }
  | { readonly kind: 'pointer' | 'list' | 'map'; readonly of: TemplateType }
  | { readonly kind: 'struct'; readonly fields: readonly TemplateField[] }
);

/** A field of a Go struct. `name` is the JSON name; '' for an embedded struct whose fields are those of the struct around it. */
export interface TemplateField {
  readonly goName: string;
  readonly name: string;
  readonly type: TemplateType;
}

const SCALARS = new Map<string, { readonly kind: ScalarKind; readonly goName: string }>([
  ['s', { kind: 'string', goName: 'string' }],
  ['b', { kind: 'bool', goName: 'bool' }],
  ['i', { kind: 'int32', goName: 'int32' }],
  ['l', { kind: 'int64', goName: 'int64' }],
  ['Q', { kind: 'quantity', goName: 'resource.Quantity' }],
  ['T', { kind: 'time', goName: 'v1.Time' }],
  ['I', { kind: 'intOrString', goName: 'intstr.IntOrString' }],
  ['F', { kind: 'opaque', goName: '' }],
]);
const PREFIXES = new Map([
  ['*', { kind: 'pointer', goName: '*' }],
  ['[', { kind: 'list', goName: '[]' }],
  ['{', { kind: 'map', goName: 'map[string]' }],
] as const);
const FIELD = /^(\+?)(\w+)(?:=(\w+))?(?::([^@]+))?(?:@(\d*)-(\d*))?$/;

const types = new Map<number, TemplateType>();
const structLines = once(
  (): ReadonlyMap<string, string> =>
    new Map(TEMPLATE_STRUCTS.split('\n').map((line) => [line.slice(0, line.indexOf('\t')), line])),
);

/** The type v1.PodTemplateSpec of a Kubernetes minor. */
export function podTemplateType(minor: number): TemplateType {
  let type = types.get(minor);
  if (type === undefined) {
    types.set(minor, (type = parseStruct('PodTemplateSpec', { lines: structLines(), minor, structs: new Map() })));
  }
  return type;
}

interface Release {
  readonly lines: ReadonlyMap<string, string>;
  readonly minor: number;
  readonly structs: Map<string, TemplateType>;
}

function parseStruct(name: string, release: Release): TemplateType {
  const known = release.structs.get(name);
  if (known !== undefined) return known;
  const line = release.lines.get(name);
  if (line === undefined) throw new Error(`no struct ${name} in the structs of templates`);
  const fields: TemplateField[] = [];
  for (const word of line.slice(name.length + 1).split(' ')) {
    const field = parseField(word, release);
    if (field !== undefined) fields.push(field);
  }
  const type: TemplateType = { kind: 'struct', goName: `v1.${name}`, fields };
  release.structs.set(name, type);
  return type;
}

function parseField(word: string, release: Release): TemplateField | undefined {
  const match = FIELD.exec(word);
  if (match === null) throw new Error(`malformed field ${word} in the structs of templates`);
  const [, embedded, goName = '', json, type = '', since = '', until = ''] = match;
  if ((since !== '' && release.minor < Number(since)) || (until !== '' && release.minor > Number(until))) {
    return undefined;
  }
  if (embedded !== '') return { goName, name: '', type: parseStruct(goName, release) };
  return {
    goName,
    name: json ?? goName.charAt(0).toLowerCase() + goName.slice(1),
    type: parseType(type, release),
  };
}

function parseType(text: string, release: Release): TemplateType {
  const first = text.charAt(0);
  const prefix = PREFIXES.get(first as '*');
  if (prefix !== undefined) {
    const of = parseType(text.slice(1), release);
    return { kind: prefix.kind, goName: prefix.goName + of.goName, of };
  }
  if (first === '#') return parseStruct(text.slice(1), release);
  if (first === 'R') return { kind: 'map', goName: 'v1.ResourceList', of: parseType('Q', release) };
  const scalar = SCALARS.get(first);
  if (scalar === undefined) throw new Error(`malformed type ${text} in the structs of templates`);
  if (text.length === 1) return scalar;
  const name = text.slice(2);
  return { kind: scalar.kind, goName: name.includes('.') ? name : `v1.${name}` };
}
