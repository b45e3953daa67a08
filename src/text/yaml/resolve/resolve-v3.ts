import { isSurelyText, resolvePlain, type Resolved } from './resolve-scalar.ts';
import { isTimestamp } from './timestamp.ts';

/** A scalar as go-yaml v3 resolves it: its short tag and, of a timestamp apart, its value. */
export interface ResolvedV3 {
  readonly tag: string;
  /** A timestamp is its text in RFC 3339, as encoding/json writes it. */
  readonly value: Resolved;
}

/** The words that v2 takes for booleans and v3 for text. */
const TEXT_WORDS = /^(?:y|n|yes|no|on|off)$/i;

/** What a plain scalar is under YAML 1.2 as go-yaml v3 understands it (mirrors go.yaml.in/yaml/v3, resolve.go, `resolve` without a tag). */
export function resolvePlainV3(text: string): ResolvedV3 {
  if (text !== '' && isSurelyText(text))
    return text === '<<' ? { tag: '!!merge', value: text } : { tag: '!!str', value: text };
  if (TEXT_WORDS.test(text)) return { tag: '!!str', value: text };
  if (isTimestamp(text)) return { tag: '!!timestamp', value: rfc3339(text) };
  const value = resolvePlain(text);
  if (value === null) return { tag: '!!null', value };
  if (typeof value === 'boolean') return { tag: '!!bool', value };
  if (typeof value === 'string') return { tag: '!!str', value };
  return { tag: value.type === 'float' ? '!!float' : '!!int', value };
}

const DATE_TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt ](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)?)?$/;

/** Go's time.RFC3339Nano of a timestamp. */
function rfc3339(text: string): string {
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] =
    DATE_TIME.exec(text) ?? [];
  const two = (part: string): string => part.padStart(2, '0');
  const digits = fraction.slice(0, 9).replace(/0+$/, '');
  const offset = /^[-+]00:00$/.test(zone) ? 'Z' : zone;
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${digits === '' ? '' : `.${digits}`}${offset}`;
}
