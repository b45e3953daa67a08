/*
 * The formats of names, each with the messages that a server of a minor gives for a value that breaks it (none when it fits).
 * Mirror apimachinery pkg/util/validation, pkg/api/validation and pkg/api/validation/path, v1.24, and pkg/api/validate/content, v1.37.
 */

/** Minor whose words the callers get that do not tell one. */
const MIRRORED_MINOR = 24;
/** From here on keys and values of labels are measured in bytes, and what is wrong with dots is said. */
const FIRST_CONTENT = 34;

/** The formats as messages spell them. */
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = String.raw`${LABEL}(\.${LABEL})*`;
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED})?`;

const IS_LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const IS_SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const IS_QUALIFIED = /^(?:[a-z0-9][-\w.]*)?[a-z0-9]$/i;
/** With or without a prefix; neither part may be too long. */
const IS_QUALIFIED_KEY =
  /^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\/)?(?:[A-Za-z0-9][-\w.]*)?[A-Za-z0-9]$/;
const IS_LABEL_VALUE = /^(?:(?:[a-z0-9][-\w.]*)?[a-z0-9])?$/i;

const BROKEN_LABEL = broken(
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  LABEL,
  ['my-name', '123-abc'],
);
const BROKEN_SUBDOMAIN = broken(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  SUBDOMAIN,
  ['example.com'],
);
const BROKEN_QUALIFIED = broken(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  QUALIFIED,
  ['MyName', 'my.name', '123-abc'],
);
const BROKEN_LABEL_VALUE = broken(
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  LABEL_VALUE,
  ['MyValue', 'my_value', '12345'],
);

const NONE: readonly string[] = [];

/** A DNS label: names of namespaces. */
export function dnsLabelErrors(value: string, minor = MIRRORED_MINOR): readonly string[] {
  if (minor >= FIRST_CONTENT && !IS_LABEL.test(value) && IS_SUBDOMAIN.test(value))
    return formatErrors(value, 63, IS_LABEL, 'must not contain dots');
  return formatErrors(value, 63, IS_LABEL, BROKEN_LABEL);
}

/** A DNS subdomain: names of most kinds. */
export function dnsSubdomainErrors(value: string): readonly string[] {
  return formatErrors(value, 253, IS_SUBDOMAIN, BROKEN_SUBDOMAIN);
}

/** A label value. */
export function labelValueErrors(value: string, minor = MIRRORED_MINOR): readonly string[] {
  return formatErrors(value, 63, IS_LABEL_VALUE, BROKEN_LABEL_VALUE, unitOf(minor));
}

/** A key of labels, annotations and finalizers: `name` or `prefix/name`. */
export function qualifiedNameErrors(value: string, minor = MIRRORED_MINOR): readonly string[] {
  if (value.length <= 63 && IS_QUALIFIED_KEY.test(value)) return NONE;
  const parts = value.split('/');
  const unit = unitOf(minor);
  if (parts.length > 2) {
    const what = minor >= FIRST_CONTENT ? 'valid label key' : 'qualified name';
    return [`a ${what} ${BROKEN_QUALIFIED} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const errors: string[] = [];
  const prefix = parts.length === 2 ? parts[0] : undefined;
  const name = parts.at(-1) ?? '';
  if (prefix === '') errors.push('prefix part must be non-empty');
  else if (prefix !== undefined)
    errors.push(
      ...formatErrors(prefix, 253, IS_SUBDOMAIN, BROKEN_SUBDOMAIN, unit).map((error) => `prefix part ${error}`),
    );
  if (name === '') errors.push('name part must be non-empty');
  else if (name.length > 63) errors.push(`name part must be no more than 63 ${unit}`);
  if (!IS_QUALIFIED.test(name)) errors.push(`name part ${BROKEN_QUALIFIED}`);
  return errors;
}

/** A name that is only a segment of a path: roles and bindings. */
export function pathSegmentErrors(value: string): readonly string[] {
  if (value === '.' || value === '..') return [`may not be '${value}'`];
  if (!value.includes('/') && !value.includes('%')) return NONE;
  return ['/', '%'].filter((illegal) => value.includes(illegal)).map((illegal) => `may not contain '${illegal}'`);
}

function unitOf(minor: number): string {
  return minor >= FIRST_CONTENT ? 'bytes' : 'characters';
}

/** What breaks a format of at most so many characters. */
export function formatErrors(
  value: string,
  maximum: number,
  format: RegExp,
  message: string,
  unit = 'characters',
): readonly string[] {
  const fits = format.test(value);
  // Go counts bytes; where that differs from characters, the format is broken anyway.
  if (fits && value.length <= maximum) return NONE;
  const errors: string[] = [];
  if (value.length > maximum) errors.push(`must be no more than ${maximum} ${unit}`);
  if (!fits) errors.push(message);
  return errors;
}

/** The message for a value that breaks a format, spaces and all. */
export function broken(rule: string, format: string, examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${rule} (e.g. ${shown}regex used for validation is '${format}')`;
}
