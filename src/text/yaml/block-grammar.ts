import type { Composer } from './composer.ts';
import {
  BLOCK_MAPPING_KEY,
  BLOCK_MAPPING_VALUE,
  BLOCK_SEQUENCE_ENTRY,
  DOCUMENT_END,
  INDENTLESS_SEQUENCE_ENTRY,
} from './parser-state.ts';
import * as token from './scan/token.ts';
import { isKey } from './scan/token.ts';

/** At an item of a list that is indented, or at its end. */
export function blockSequenceEntry(parser: Composer): void {
  const { scanner } = parser;
  const type = scanner.peek();
  if (type === token.BLOCK_ENTRY) {
    const mark = parser.indicator();
    const next = scanner.peek();
    if (next === token.BLOCK_ENTRY || next === token.BLOCK_END) parser.empty(BLOCK_SEQUENCE_ENTRY, mark);
    else parser.nested(BLOCK_SEQUENCE_ENTRY, true, false);
    return;
  }
  if (type !== token.BLOCK_END) parser.fail("did not find expected '-' indicator");
  parser.leave();
  scanner.skip();
  parser.builder.close(parser.builder.lastEnd);
}

/** At an item of a list that stands as deep as the key before it, or behind its end, which no token marks. */
export function indentlessSequenceEntry(parser: Composer): void {
  const { scanner } = parser;
  if (scanner.peek() === token.BLOCK_ENTRY) {
    const mark = parser.indicator();
    const next = scanner.peek();
    if (next === token.BLOCK_ENTRY || isKey(next) || next === token.VALUE || next === token.BLOCK_END) {
      parser.empty(INDENTLESS_SEQUENCE_ENTRY, mark);
    } else parser.nested(INDENTLESS_SEQUENCE_ENTRY, true, false);
    return;
  }
  parser.next = parser.states.pop() ?? DOCUMENT_END;
  parser.builder.close(parser.builder.lastEnd);
}

/** At a key, or at the end of the mapping. */
export function blockMappingKey(parser: Composer): void {
  const { scanner, builder } = parser;
  const type = scanner.peek();
  if (type === token.PLAIN_PAIR || type === token.TEXT_PAIR) {
    const mark = parser.pairKey(type);
    afterBlockValue(parser, mark);
  } else if (type === token.KEY) {
    const mark = parser.indicator();
    const next = scanner.peek();
    if (isKey(next) || next === token.VALUE || next === token.BLOCK_END) parser.empty(BLOCK_MAPPING_VALUE, mark);
    else parser.nested(BLOCK_MAPPING_VALUE, true, true);
  } else if (type === token.BLOCK_END) {
    parser.leave();
    scanner.skip();
    builder.close(builder.lastEnd);
  } else parser.fail('did not find expected key');
}

/** Behind a key with `?`: at its colon, if it has one. */
export function blockMappingValue(parser: Composer): void {
  if (parser.scanner.peek() === token.VALUE) afterBlockValue(parser, parser.indicator());
  else parser.empty(BLOCK_MAPPING_KEY, parser.builder.lastEnd);
}

/** Behind a colon that ends at `mark`: at the value, unless the next entry follows at once. */
function afterBlockValue(parser: Composer, mark: number): void {
  const next = parser.scanner.peek();
  if (isKey(next) || next === token.VALUE || next === token.BLOCK_END) parser.empty(BLOCK_MAPPING_KEY, mark);
  else parser.nested(BLOCK_MAPPING_KEY, true, true);
}
