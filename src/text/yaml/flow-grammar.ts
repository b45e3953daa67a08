import type { Composer } from './composer.ts';
import {
  FLOW_MAPPING_EMPTY_VALUE,
  FLOW_MAPPING_KEY,
  FLOW_MAPPING_VALUE,
  FLOW_SEQUENCE_ENTRY,
  FLOW_SEQUENCE_PAIR_END,
  FLOW_SEQUENCE_PAIR_KEY,
  FLOW_SEQUENCE_PAIR_VALUE,
} from './parser-state.ts';
import * as token from './scan/token.ts';
import { isKey } from './scan/token.ts';

/** At an item, which may be a single pair without braces, at the comma before it, or at the bracket. */
export function flowSequenceEntry(parser: Composer, first: boolean): void {
  const { scanner } = parser;
  let type = scanner.peek();
  if (type !== token.FLOW_SEQUENCE_END) {
    if (!first) {
      if (type !== token.FLOW_ENTRY) parser.fail("did not find expected ',' or ']'");
      parser.indicator();
      type = scanner.peek();
    }
    if (isKey(type)) {
      parser.builder.open(true, scanner.start, scanner.start, '', undefined);
      if (type === token.KEY) {
        parser.next = FLOW_SEQUENCE_PAIR_KEY;
        parser.indicator();
      } else {
        parser.pairKey(type);
        afterPairColon(parser);
      }
      return;
    }
    if (type !== token.FLOW_SEQUENCE_END) {
      parser.nested(FLOW_SEQUENCE_ENTRY, false, false);
      return;
    }
  }
  parser.leave();
  parser.builder.close(parser.indicator());
}

/** At the key of a single pair. */
export function flowSequencePairKey(parser: Composer): void {
  const { scanner } = parser;
  const type = scanner.peek();
  if (type !== token.VALUE && type !== token.FLOW_ENTRY && type !== token.FLOW_SEQUENCE_END) {
    parser.nested(FLOW_SEQUENCE_PAIR_VALUE, false, false);
    return;
  }
  // As in libyaml, whatever token stands here is taken, be it the colon, a comma or the bracket.
  const { start } = scanner;
  parser.indicator();
  parser.empty(FLOW_SEQUENCE_PAIR_VALUE, start);
}

/** Behind the key of a single pair. */
export function flowSequencePairValue(parser: Composer): void {
  if (parser.scanner.peek() !== token.VALUE) {
    parser.empty(FLOW_SEQUENCE_PAIR_END, parser.builder.lastEnd);
    return;
  }
  parser.indicator();
  afterPairColon(parser);
}

function afterPairColon(parser: Composer): void {
  const type = parser.scanner.peek();
  if (type === token.FLOW_ENTRY || type === token.FLOW_SEQUENCE_END) {
    parser.empty(FLOW_SEQUENCE_PAIR_END, parser.builder.lastEnd);
  } else parser.nested(FLOW_SEQUENCE_PAIR_END, false, false);
}

/** At a key, at the comma before it, or at the brace. */
export function flowMappingKey(parser: Composer, first: boolean): void {
  const { scanner } = parser;
  let type = scanner.peek();
  if (type !== token.FLOW_MAPPING_END) {
    if (!first) {
      if (type !== token.FLOW_ENTRY) parser.fail("did not find expected ',' or '}'");
      parser.indicator();
      type = scanner.peek();
    }
    if (type === token.PLAIN_PAIR || type === token.TEXT_PAIR) {
      parser.pairKey(type);
      afterMappingColon(parser);
      return;
    }
    if (type === token.KEY) {
      parser.indicator();
      type = scanner.peek();
      if (type !== token.VALUE && type !== token.FLOW_ENTRY && type !== token.FLOW_MAPPING_END) {
        parser.nested(FLOW_MAPPING_VALUE, false, false);
      } else parser.empty(FLOW_MAPPING_VALUE, parser.builder.lastEnd);
      return;
    }
    if (type !== token.FLOW_MAPPING_END) {
      parser.nested(FLOW_MAPPING_EMPTY_VALUE, false, false);
      return;
    }
  }
  parser.leave();
  parser.builder.close(parser.indicator());
}

/** Behind a key. */
export function flowMappingValue(parser: Composer): void {
  if (parser.scanner.peek() !== token.VALUE) {
    parser.empty(FLOW_MAPPING_KEY, parser.builder.lastEnd);
    return;
  }
  parser.indicator();
  afterMappingColon(parser);
}

function afterMappingColon(parser: Composer): void {
  const type = parser.scanner.peek();
  if (type === token.FLOW_ENTRY || type === token.FLOW_MAPPING_END) {
    parser.empty(FLOW_MAPPING_KEY, parser.builder.lastEnd);
  } else parser.nested(FLOW_MAPPING_KEY, false, false);
}
