import { NEWEST_MINOR, OLDEST_MINOR } from '../../src/model/versions.ts';
import { CUSTOM } from './definitions.ts';
import type { Definition, Definitions } from './definitions.ts';
import { packGoType } from './go-facts.ts';
import type { GoFacts } from './go-facts.ts';

/** One version range of one field, as it goes into a line. */
interface PackedField {
  readonly name: string;
  readonly type: string;
  readonly mark: string;
  readonly via: string;
  readonly range: string;
}

/**
 * The lines of all structs: the Go facts of the newest release that has a type, else the definitions alone; version ranges from
 * the definitions. `warn` hears where the two disagree.
 */
export function packStructs(
  { structs }: Definitions,
  releases: readonly GoFacts[],
  warn: (text: string) => void,
): string[] {
  const names = new Set([...structs.keys(), ...releases.flatMap((facts) => Object.keys(facts.types))]);
  const described = new Set([...names].filter((name) => describesFields(name, structs, releases)));
  const lines: string[] = [];
  for (const name of [...described].sort()) {
    const definition = structs.get(name);
    const release = releases.findIndex((facts) => facts.types[name] !== undefined);
    const fields = new Map<string, PackedField[]>();
    for (const go of releases[release]?.types[name] ?? []) {
      const mark = go.omitzero ? '~' : go.omitempty ? '?' : '';
      const range = definition === undefined ? '' : goRange(definition, go.name, release === 0, name, warn);
      const via = go.via ?? '';
      fields.set(go.name, [{ name: go.name, type: packGoType(go.type), mark, via, range }]);
    }
    if (definition !== undefined) addDefinedOnly(definition, fields);
    const known = [...fields.values()].flat().map((field) => ({ ...field, type: onlyKnown(field.type, described) }));
    lines.push(line(name, known));
  }
  return lines;
}

/** Definitions without properties and Go type say nothing: their values may be anything. */
function describesFields(name: string, structs: Definitions['structs'], releases: readonly GoFacts[]): boolean {
  if (releases.some((facts) => facts.types[name] !== undefined)) return true;
  return !(name in CUSTOM) && (structs.get(name)?.fields.size ?? 0) > 0;
}

function onlyKnown(type: string, described: ReadonlySet<string>): string {
  return type.replace(/\*?#([\w.-]+)/, (whole, name: string) => (described.has(name) ? whole : 'J'));
}

/** The range of a field the Go type has; the newest Go release is the truth about the newest version. */
function goRange(
  definition: Definition,
  field: string,
  newest: boolean,
  struct: string,
  warn: (text: string) => void,
): string {
  const seen = definition.fields.get(field);
  const live = newest && definition.minors.includes(NEWEST_MINOR);
  if (seen === undefined) {
    if (live) warn(`${struct}.${field} is in the Go type but in no definition`);
    return live && !definition.minors.includes(OLDEST_MINOR) ? '' : live ? `@${NEWEST_MINOR}-` : '';
  }
  if (live && !seen.has(NEWEST_MINOR))
    warn(`${struct}.${field} is in the Go type but not in the definition of 1.${NEWEST_MINOR}`);
  return rangeOf([...seen.keys()], definition.minors, live);
}

function rangeOf(minors: readonly number[], whole: readonly number[], openEnd: boolean): string {
  const [since, until] = [Math.min(...minors), Math.max(...minors)];
  const from = since > Math.min(...whole) ? String(since) : '';
  const to = until < Math.max(...whole) && !openEnd ? String(until) : '';
  return from === '' && to === '' ? '' : `@${from}-${to}`;
}

/** Adds fields that only other versions' definitions have, and earlier types of those whose type changed. */
function addDefinedOnly(definition: Definition, fields: Map<string, PackedField[]>): void {
  for (const [name, seen] of definition.fields) {
    const groups = new Map<string, number[]>();
    for (const [minor, { type }] of seen) groups.set(type, [...(groups.get(type) ?? []), minor]);
    const known = fields.get(name);
    const ordered = [...groups].sort((a, b) => Math.max(...b[1]) - Math.max(...a[1]));
    if (known !== undefined) {
      const [latest, ...earlier] = ordered;
      if (earlier.length === 0 || latest === undefined) continue;
      const [first] = known;
      if (first === undefined) continue;
      fields.set(name, [
        { ...first, range: rangeOf(latest[1], definition.minors, true) },
        ...earlier.map(([type, minors]) => defined(name, type, false, rangeOf(minors, definition.minors, false))),
      ]);
    } else {
      const required = [...seen.values()].at(-1)?.required ?? false;
      fields.set(
        name,
        ordered.map(([type, minors]) => defined(name, type, required, rangeOf(minors, definition.minors, false))),
      );
    }
  }
}

/** Without Go facts: what is not required is left out when empty, and structs are pointers. */
function defined(name: string, type: string, required: boolean, range: string): PackedField {
  const pointer = !required && /^[#TMIQ]/.test(type);
  return { name, type: pointer ? `*${type}` : type, mark: required ? '' : '?', via: '', range };
}

function line(name: string, fields: readonly PackedField[]): string {
  const home = name.slice(0, name.lastIndexOf('.') + 1);
  const words: string[] = [];
  let via = '';
  for (const field of fields) {
    if (field.via !== via) words.push(`=${field.via}`);
    via = field.via;
    words.push(`${field.name}:${relative(field.type, home)}${field.mark}${field.range}`);
  }
  return `${name}\t${words.join(' ')}`;
}

/** Leaves the struct's own package out of names. */
function relative(type: string, home: string): string {
  return type.replaceAll(/(?<=[#(<])[\w.]+/g, (name) =>
    name.startsWith(home) && !name.slice(home.length).includes('.') ? name.slice(home.length) : name,
  );
}
