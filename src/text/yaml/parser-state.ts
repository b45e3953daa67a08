/**
 * What the grammar expects next; a stack of these says what follows when a collection ends. At DOCUMENT_END the document is read.
 */
export const DOCUMENT_END = 0;
export const BLOCK_SEQUENCE_ENTRY = 1;
export const INDENTLESS_SEQUENCE_ENTRY = 2;
export const BLOCK_MAPPING_KEY = 3;
export const BLOCK_MAPPING_VALUE = 4;
export const FLOW_SEQUENCE_FIRST_ENTRY = 5;
export const FLOW_SEQUENCE_ENTRY = 6;
export const FLOW_SEQUENCE_PAIR_KEY = 7;
export const FLOW_SEQUENCE_PAIR_VALUE = 8;
export const FLOW_SEQUENCE_PAIR_END = 9;
export const FLOW_MAPPING_FIRST_KEY = 10;
export const FLOW_MAPPING_KEY = 11;
export const FLOW_MAPPING_VALUE = 12;
export const FLOW_MAPPING_EMPTY_VALUE = 13;
