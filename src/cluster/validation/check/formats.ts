import { broken, dnsLabelErrors, dnsSubdomainErrors, formatErrors } from '../name-formats.ts';

/*
 * The formats of other texts than names of objects, each with the messages for a value that breaks it.
 * Mirror apimachinery pkg/util/validation, v1.24 and v1.37.
 */

const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const BROKEN_1035 = broken(
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  LABEL_1035,
  ['my-name', 'abc-123'],
);
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = String.raw`${LABEL}(\.${LABEL})*`;
const BROKEN_WILDCARD = broken(
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  String.raw`\*\.${SUBDOMAIN}`,
  ['*.example.com'],
);
const UNDERSCORED = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const BROKEN_UNDERSCORED = broken(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
  String.raw`${UNDERSCORED}(\.${UNDERSCORED})*`,
  ['example.com'],
);
const BROKEN_CASELESS = broken(
  "an RFC 1123 subdomain must consist of alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  SUBDOMAIN,
  ['Example.com'],
);
const BROKEN_CONFIG_KEY = broken(
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  '[-._a-zA-Z0-9]+',
  ['key.name', 'KEY_NAME', 'key-name'],
);
const BROKEN_VARIABLE = broken(
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
  '[-._a-zA-Z][-._a-zA-Z0-9]*',
  ['my.env-name', 'MY_ENV.NAME', 'MyEnvName1'],
);
const BROKEN_HEADER = broken("a valid HTTP header must consist of alphanumeric characters or '-'", '[-A-Za-z0-9]+', [
  'X-Header-Name',
]);
const BROKEN_PERCENT = broken("a valid percent string must be a numeric string followed by an ending '%'", '[0-9]+%', [
  '1%',
  '93%',
]);

const IS_LABEL_1035 = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const IS_WILDCARD = new RegExp(String.raw`^\*\.${SUBDOMAIN}$`);
const IS_UNDERSCORED = new RegExp(String.raw`^${UNDERSCORED}(\.${UNDERSCORED})*$`);
const IS_CASELESS = new RegExp(`^${SUBDOMAIN}$`, 'i');
const IS_HEADER = /^[-A-Z0-9]+$/i;
const IS_PERCENT = /^\d+%$/;
const FIRST_CASELESS_NAMES = 35;
/** From here on names of variables may hold nearly everything. */
const FIRST_RELAXED_VARIABLES = 34;
const FIRST_LETTER_WORDS = 26;

/** A DNS-1035 label: names of Services, segments of CRDs. */
export function dns1035Errors(value: string): readonly string[] {
  return formatErrors(value, 63, IS_LABEL_1035, BROKEN_1035);
}

/** `*.` before a DNS subdomain. */
export function wildcardErrors(value: string): readonly string[] {
  return formatErrors(value, 253, IS_WILDCARD, BROKEN_WILDCARD);
}

/** A search domain of a resolver, whose labels may hold underscores. */
export function underscoredSubdomainErrors(value: string): readonly string[] {
  return formatErrors(value, 253, IS_UNDERSCORED, BROKEN_UNDERSCORED);
}

/** A DNS subdomain whatever the case of its letters; older servers lower it first. */
export function caselessSubdomainErrors(value: string, minor: number): readonly string[] {
  if (minor < FIRST_CASELESS_NAMES) return dnsSubdomainErrors(value.toLowerCase());
  return formatErrors(value, 253, IS_CASELESS, BROKEN_CASELESS, 'bytes');
}

/** A key of a ConfigMap or Secret. */
export function configKeyErrors(value: string): readonly string[] {
  return [...formatErrors(value, 253, /^[-.\w]+$/, BROKEN_CONFIG_KEY), ...dotErrors(value)];
}

/** A name of an environment variable. */
export function variableErrors(value: string, minor: number): readonly string[] {
  if (minor >= FIRST_RELAXED_VARIABLES) return relaxedVariableErrors(value);
  return [...formatErrors(value, Infinity, /^[-._a-z][-.\w]*$/i, BROKEN_VARIABLE), ...dotErrors(value)];
}

/** A name of an environment variable in newer servers. */
export function relaxedVariableErrors(value: string): readonly string[] {
  if (value === '') return ['environment variable name must be non-empty'];
  if (/^[\x20-\x3c\x3e-\x7e]*$/.test(value)) return [];
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** A name of a port. */
export function portNameErrors(value: string, minor: number): readonly string[] {
  const errors: string[] = [];
  if (value.length > 15) errors.push('must be no more than 15 characters');
  if (!/^[-a-z0-9]+$/.test(value))
    errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(value)) {
    const letter = minor >= FIRST_LETTER_WORDS ? 'letter (a-z)' : 'letter or number (a-z, 0-9)';
    errors.push(`must contain at least one ${letter}`);
  }
  if (value.includes('--')) errors.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-')) errors.push('must not begin or end with a hyphen');
  return errors;
}

/** A number of a port. */
export function portNumberErrors(value: number): readonly string[] {
  return value >= 1 && value <= 65535 ? [] : ['must be between 1 and 65535, inclusive'];
}

/** A name of a header. */
export function headerErrors(value: string): readonly string[] {
  return IS_HEADER.test(value) ? [] : [BROKEN_HEADER];
}

/** `25%`. */
export function percentErrors(value: string): readonly string[] {
  return IS_PERCENT.test(value) ? [] : [BROKEN_PERCENT];
}

/** A name of a Service. */
export function serviceNameErrors(value: string, minor: number): readonly string[] {
  return minor >= FIRST_RELAXED_SERVICES ? dnsLabelErrors(value, minor) : dns1035Errors(value);
}

/** From here on Services' names may begin with a digit (RelaxedServiceNameValidation). */
const FIRST_RELAXED_SERVICES = 36;

function dotErrors(value: string): readonly string[] {
  if (value === '.' || value === '..') return [`must not be '${value}'`];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}
