/** Words that expressions cannot use as names, and that mean nothing yet. Source: the language definition of CEL, `RESERVED`. */
export const RESERVED_IDENTIFIERS: ReadonlySet<string> = new Set([
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
]);

/** The same with the words that mean something. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'in', ...RESERVED_IDENTIFIERS]);
