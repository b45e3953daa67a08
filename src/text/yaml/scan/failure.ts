import type { Span } from '../../tree.ts';
import { countBreaks } from './characters.ts';

/**
 * Why a document cannot be read; thrown inside the YAML reader only. `problem` is the parser's own sentence; `at` is where it
 * noticed, `context` where the construct that it was reading began.
 */
export class YamlFailure extends Error {
  readonly stage: 'read' | 'scan' | 'parse' | 'decode';
  readonly problem: string;
  readonly at: number;
  readonly context: number | undefined;
  /** Where the fault shows best; `at` when absent. */
  readonly span: Span | undefined;

  constructor(stage: YamlFailure['stage'], problem: string, at: number, context?: number, span?: Span) {
    super(problem);
    this.stage = stage;
    this.problem = problem;
    this.at = at;
    this.context = context;
    this.span = span;
  }
}

/**
 * The text go-yaml v2 prints for a failure in the chunk that starts at `start`. Its line is the one it would print: relative to the
 * chunk, absent on the first line, and one too small for errors of the parser (mirrors go.yaml.in/yaml/v2, decode.go, `fail`).
 */
export function failureMessage(text: string, start: number, failure: YamlFailure): string {
  if (failure.stage === 'decode' || failure.stage === 'read') return failure.problem;
  let line = countBreaks(text, start, failure.at);
  if (line !== 0) {
    if (failure.stage === 'scan') line++;
  } else if (failure.context !== undefined) line = countBreaks(text, start, failure.context);
  return `yaml: ${line === 0 ? '' : `line ${line}: `}${failure.problem}`;
}
