/** The tokens between scanner and parser, as in libyaml; a `PAIR` is a key that is a scalar, together with its colon. */
export const STREAM_END = 1;
export const VERSION_DIRECTIVE = 2;
export const TAG_DIRECTIVE = 3;
export const DOCUMENT_START = 4;
export const DOCUMENT_END = 5;
export const BLOCK_SEQUENCE_START = 6;
export const BLOCK_MAPPING_START = 7;
export const BLOCK_END = 8;
export const FLOW_SEQUENCE_START = 9;
export const FLOW_SEQUENCE_END = 10;
export const FLOW_MAPPING_START = 11;
export const FLOW_MAPPING_END = 12;
export const BLOCK_ENTRY = 13;
export const FLOW_ENTRY = 14;
export const KEY = 15;
export const VALUE = 16;
export const ALIAS = 17;
export const ANCHOR = 18;
export const TAG = 19;
export const PLAIN_SCALAR = 20;
/** A scalar in quotes or a block scalar: text whatever it looks like. */
export const TEXT_SCALAR = 21;
/** KEY, a scalar and VALUE in one: a key without `?`, plain or quoted, and its colon. */
export const PLAIN_PAIR = 22;
export const TEXT_PAIR = 23;

/** Whether a token begins a key. */
export function isKey(type: number): boolean {
  return type === KEY || type === PLAIN_PAIR || type === TEXT_PAIR;
}
