/** What to do about a reader's message, by what it says; the character at the fault tells some of them apart. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/tab character/, 'indent with spaces: YAML allows no tabs there'],
  [/mapping values are not allowed/, 'quote a value that holds `: `, or begin a nested mapping on a line of its own'],
  [
    /block sequence entries are not allowed/,
    'begin a list on a line of its own, or quote a value that begins with `- `',
  ],
  [/mapping keys are not allowed/, 'quote a value that begins with `? `'],
  [/did not find expected key/, 'line this up with the other keys of its mapping, or close the quotes above'],
  [/could not find expected ':'/, 'end a key with a colon, or indent text that belongs to the value above'],
  [/did not find expected '-' indicator/, 'line this up with the other items of its list'],
  [/did not find expected ',' or '[\]}]'/, 'close the bracket, or separate its items with commas'],
  [/did not find expected node content/, 'write a value here, or quote it if it begins with a special character'],
  [/unknown anchor|self|contains itself/, 'quote a value that begins with `*`: it is read as an alias'],
  [/did not find expected alphabetic or numeric/, 'quote a value that begins with `&` or `*`'],
  [/tag|URI/, 'quote a value that begins with `!`: it is read as a tag'],
  [
    /unknown escape character|hexdecimal|Unicode character escape/,
    'use single quotes, in which a backslash is only a backslash',
  ],
  [/unexpected end of stream|unexpected document indicator/, 'close this quote'],
  [/indentation indicator|expected comment or line break/, 'begin the text of `|` or `>` on the next line'],
  [/control characters|octet|Unicode character/, 'save the file as UTF-8 text without control characters'],
  [/<document start>|directive/, 'remove the `%` line: a directive cannot stand before `---` in a manifest'],
  [/excessive aliasing|max depth/, 'write the document without so many levels'],
  [/invalid map key|unsupported map key/, 'quote the key: only text, numbers and booleans can be keys'],
  [/unsupported value/, 'quote the value: JSON has no infinity and no NaN'],
  [/map merge/, 'give `<<` a mapping, or quote it'],
  [/cannot decode|base64/, 'remove the tag, or write a value that fits it'],
  [/document separator/, 'write `---` on a line of its own'],
];

/** What to do about the message of the YAML reader, or undefined. `character` is the one at the fault. */
export function hintFor(message: string, character: string): string | undefined {
  if (message.includes('cannot start any token')) {
    if (character === '\t') return 'indent with spaces: YAML allows no tabs there';
    return `quote a value that begins with \`${character}\``;
  }
  return HINTS.find(([pattern]) => pattern.test(message))?.[1];
}
