import { parseTime } from '../../time.ts';
import { type CelType, listType, optionalType, STRING, structType } from '../types/cel-type.ts';
import { ArrayList } from '../values/collections.ts';
import { byteCount } from '../values/text.ts';
import { CelError, noSuchOverload, Opaque, Optional, type Value } from '../values/value.ts';
import { fn, type FunctionDecl, member, overload } from './declare.ts';
import { parseGoUrl } from './go-url.ts';

export const FORMAT = structType('kubernetes.NamedFormat');

/** A format by its name, and how large its regular expression counts in costs. */
export class FormatValue extends Opaque {
  readonly type: CelType = FORMAT;
  readonly goType = 'cel.Format';
  readonly name: string;
  readonly regexpSize: number;
  readonly errors: (text: string) => readonly string[];

  constructor(name: string, regexpSize: number, errors: (text: string) => readonly string[]) {
    super();
    this.name = name;
    this.regexpSize = regexpSize;
    this.errors = errors;
  }

  equals(other: Value): boolean | CelError {
    if (!(other instanceof FormatValue)) return other instanceof CelError ? other : noSuchOverload();
    return this.name === other.name;
  }
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = String.raw`${LABEL}(\.${LABEL})*`;
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const IS_LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const IS_SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const IS_LABEL_1035 = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const IS_KEY = /^(?:[a-z0-9][-\w.]*)?[a-z0-9]$/i;
const OUTER = 'and must start and end with an alphanumeric character';
const BROKEN_SUBDOMAIN = broken(
  `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', ${OUTER}`,
  SUBDOMAIN,
  'example.com',
);
const BROKEN_KEY = broken(
  `must consist of alphanumeric characters, '-', '_' or '.', ${OUTER}`,
  KEY,
  'MyName',
  'my.name',
  '123-abc',
);

function broken(rule: string, format: string, ...examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${rule} (e.g. ${shown}regex used for validation is '${format}')`;
}

/** A text of at most so many bytes that fits an expression. The two homes of these checks upstream count in different words. */
function checkText(text: string, most: number, unit: string, fits: boolean, message: string): string[] {
  const errors: string[] = [];
  if (byteCount(text) > most) errors.push(`must be no more than ${most} ${unit}`);
  if (!fits) errors.push(message);
  return errors;
}

function dnsLabel(text: string): string[] {
  const message = IS_SUBDOMAIN.test(text)
    ? 'must not contain dots'
    : broken(
        `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', ${OUTER}`,
        LABEL,
        'my-name',
        '123-abc',
      );
  return checkText(text, 63, 'characters', IS_LABEL.test(text), message);
}

function dnsSubdomain(text: string, unit = 'characters'): string[] {
  return checkText(text, 253, unit, IS_SUBDOMAIN.test(text), BROKEN_SUBDOMAIN);
}

function dns1035Label(text: string): string[] {
  const message = broken(
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
    LABEL_1035,
    'my-name',
    'abc-123',
  );
  return checkText(text, 63, 'characters', IS_LABEL_1035.test(text), message);
}

function qualifiedName(text: string): string[] {
  const parts = text.split('/');
  if (parts.length > 2)
    return [
      `a valid label key ${BROKEN_KEY} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  const name = parts.at(-1) ?? '';
  const prefix = parts.length === 2 ? (parts[0] ?? '') : undefined;
  const errors: string[] = [];
  if (prefix === '') errors.push('prefix part must be non-empty');
  else if (prefix !== undefined) errors.push(...dnsSubdomain(prefix, 'bytes').map((error) => `prefix part ${error}`));
  if (name === '') errors.push('name part must be non-empty');
  else if (byteCount(name) > 63) errors.push('name part must be no more than 63 bytes');
  if (!IS_KEY.test(name)) errors.push(`name part ${BROKEN_KEY}`);
  return errors;
}

function labelValue(text: string): string[] {
  const message = broken(
    `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', ${OUTER}`,
    `(${KEY})?`,
    'MyValue',
    'my_value',
    '12345',
  );
  return checkText(text, 63, 'bytes', text === '' || IS_KEY.test(text), message);
}

/** A prefix of names may end in a dash, which generated names go on after. */
function ofPrefix(check: (text: string) => string[]): (text: string) => string[] {
  return (text) => check(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);
}

function fits(message: string, test: (text: string) => boolean): (text: string) => string[] {
  return (text) => (test(text) ? [] : [message]);
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const BASE64 = /^(?:[A-Z0-9+/]{4})*(?:[A-Z0-9+/]{2}==|[A-Z0-9+/]{3}=|[A-Z0-9+/]{4})$/i;
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:.\d+)?(?:z|[+-]\d{2}:\d{2})$/;

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !('error' in parseTime(`${text}T00:00:00Z`));
}

function isDateTime(text: string): boolean {
  const [date = '', time] = text.toLowerCase().split('t');
  if (byteCount(text) < 4 || time === undefined || !isDate(date)) return false;
  const [whole, hours = '', minutes = '', seconds = ''] = TIME.exec(time) ?? [];
  return whole !== undefined && hours <= '23' && minutes <= '59' && seconds <= '59';
}

function uri(text: string): string[] {
  const url = parseGoUrl(text);
  return 'error' in url ? [url.error] : [];
}

/** The formats by the names in which expressions ask for them. */
const FORMATS: Readonly<Record<string, FormatValue>> = {
  dns1123Label: new FormatValue('DNS1123Label', 30, dnsLabel),
  dns1123Subdomain: new FormatValue('DNS1123Subdomain', 60, (text) => dnsSubdomain(text)),
  dns1035Label: new FormatValue('DNS1035Label', 30, dns1035Label),
  qualifiedName: new FormatValue('QualifiedName', 60, qualifiedName),
  dns1123LabelPrefix: new FormatValue('DNS1123LabelPrefix', 30, ofPrefix(dnsLabel)),
  dns1123SubdomainPrefix: new FormatValue(
    'DNS1123SubdomainPrefix',
    60,
    ofPrefix((text) => dnsSubdomain(text)),
  ),
  dns1035LabelPrefix: new FormatValue('DNS1035LabelPrefix', 30, ofPrefix(dns1035Label)),
  labelValue: new FormatValue('LabelValue', 40, labelValue),
  uri: new FormatValue('URI', 1103, uri),
  uuid: new FormatValue(
    'uuid',
    70,
    fits('does not match the UUID format', (text) => UUID.test(text)),
  ),
  byte: new FormatValue(
    'byte',
    84,
    fits('invalid base64', (text) => BASE64.test(text)),
  ),
  date: new FormatValue('date', 71, fits('invalid date', isDate)),
  datetime: new FormatValue('datetime', 71, fits('invalid datetime', isDateTime)),
};

/** Named formats. Mirrors the apiserver's pkg/cel/library/format.go, 1.37. */
export const FORMAT_FUNCTIONS: readonly FunctionDecl[] = [
  fn(
    'validate',
    member('format-validate', [FORMAT, STRING], optionalType(listType(STRING)), (format = null, text = null) => {
      if (!(format instanceof FormatValue) || typeof text !== 'string') return noSuchOverload();
      const errors = format.errors(text);
      return errors.length === 0 ? new Optional() : new Optional(new ArrayList(errors));
    }),
  ),
  fn(
    'format.named',
    overload('format-named', [STRING], optionalType(FORMAT), (name = null) => {
      if (typeof name !== 'string') return noSuchOverload();
      return Object.hasOwn(FORMATS, name) ? new Optional(FORMATS[name]) : new Optional();
    }),
  ),
  ...Object.entries(FORMATS).map(([name, format]) =>
    fn(
      `format.${name}`,
      overload(`format.${name}`, [], FORMAT, () => format),
    ),
  ),
];
