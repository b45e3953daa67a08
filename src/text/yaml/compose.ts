import { blockMappingKey, blockMappingValue, blockSequenceEntry, indentlessSequenceEntry } from './block-grammar.ts';
import { Composer } from './composer.ts';
import {
  flowMappingKey,
  flowMappingValue,
  flowSequenceEntry,
  flowSequencePairKey,
  flowSequencePairValue,
} from './flow-grammar.ts';
import * as state from './parser-state.ts';
import type { Scanner } from './scan/scanner.ts';
import type { TreeSink } from './tree-sink.ts';

/**
 * The grammar: turns the tokens of the first document of a chunk into calls of a tree builder, with a stack of its own so that
 * depth costs no JavaScript stack (mirrors go.yaml.in/yaml/v2, parserc.go). Answers where reading stopped: at the first token after the
 * document. Throws YamlFailure.
 */
export function compose(scanner: Scanner, builder: TreeSink): number {
  const parser = new Composer(scanner, builder);
  if (!parser.startDocument()) return scanner.end;
  while (parser.next !== state.DOCUMENT_END) step(parser);
  scanner.peek();
  return scanner.start;
}

function step(parser: Composer): void {
  const { next } = parser;
  if (next === state.BLOCK_MAPPING_KEY) blockMappingKey(parser);
  else if (next === state.BLOCK_SEQUENCE_ENTRY) blockSequenceEntry(parser);
  else if (next === state.INDENTLESS_SEQUENCE_ENTRY) indentlessSequenceEntry(parser);
  else if (next === state.BLOCK_MAPPING_VALUE) blockMappingValue(parser);
  else if (next === state.FLOW_MAPPING_KEY || next === state.FLOW_MAPPING_FIRST_KEY) {
    flowMappingKey(parser, next === state.FLOW_MAPPING_FIRST_KEY);
  } else if (next === state.FLOW_MAPPING_VALUE) flowMappingValue(parser);
  else if (next === state.FLOW_SEQUENCE_ENTRY || next === state.FLOW_SEQUENCE_FIRST_ENTRY) {
    flowSequenceEntry(parser, next === state.FLOW_SEQUENCE_FIRST_ENTRY);
  } else if (next === state.FLOW_SEQUENCE_PAIR_KEY) flowSequencePairKey(parser);
  else if (next === state.FLOW_SEQUENCE_PAIR_VALUE) flowSequencePairValue(parser);
  else {
    // What ends here has no token of its own, but the next one must be readable.
    parser.scanner.peek();
    if (next === state.FLOW_MAPPING_EMPTY_VALUE) parser.empty(state.FLOW_MAPPING_KEY, parser.builder.lastEnd);
    else {
      parser.next = state.FLOW_SEQUENCE_ENTRY;
      parser.builder.close(parser.builder.lastEnd);
    }
  }
}
