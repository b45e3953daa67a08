/** Why a text is not JSON, in encoding/json's words, and the offset of the character it stumbled over. */
export interface JsonError {
  readonly message: string;
  readonly offset: number;
}

/** Thrown inside the JSON reader only. An empty problem is the end of the text in the middle of a value. */
export class JsonFailure extends Error {
  readonly problem: string;
  readonly at: number;

  constructor(problem: string, at: number) {
    super(problem);
    this.problem = problem;
    this.at = at;
  }

  /** The failure at an offset: which character stands there, and in which context it is wrong; or the end. */
  static at(text: string, offset: number, end: number, context: string): JsonFailure {
    if (offset >= end) return new JsonFailure('', end);
    return new JsonFailure(`invalid character ${quoteByte(text, offset)} ${context}`, offset);
  }
}

/** The first byte of a character, as Go's scanner quotes it: it reads bytes and takes each for a character. */
function quoteByte(text: string, offset: number): string {
  const code = text.codePointAt(offset) ?? 0;
  if (code === 0x27) return String.raw`'\''`;
  if (code === 0x22) return `'"'`;
  if (code === 0x5c) return String.raw`'\\'`;
  if (code >= 0x80) {
    const lead = code < 0x800 ? 0xc0 | (code >> 6) : code < 0x10000 ? 0xe0 | (code >> 12) : 0xf0 | (code >> 18);
    return `'${String.fromCharCode(lead)}'`;
  }
  const named = NAMED[code];
  if (named !== undefined) return `'${named}'`;
  return code < 0x20 || code === 0x7f ? `'\\x${code.toString(16).padStart(2, '0')}'` : `'${String.fromCharCode(code)}'`;
}

const NAMED: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};
