import type { ManifestObject } from '../model/object.ts';
import type { SourceFile } from '../text/source.ts';
import type { FieldPath, Span } from '../text/tree.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A place that took part in a finding: where, and what it contributed. */
export interface RelatedLocation {
  readonly file: SourceFile;
  readonly span: Span;
  readonly message: string;
}

/**
 * One finding. `id` is its stable identity: a hash of rule, object identity, field path and message key; no line numbers, no
 * order, so baselines and alerts survive moved lines.
 */
export interface Finding {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  /** Which of the rule's messages this is: `forbidden`. */
  readonly messageKey: string;
  readonly message: string;
  readonly file: SourceFile;
  readonly span: Span;
  /** Absent for findings about a file that holds no object (a syntax error, a template). */
  readonly object?: ManifestObject;
  readonly path: FieldPath;
  readonly related: readonly RelatedLocation[];
  /** What to do, one sentence; absent when the message says it all. */
  readonly hint?: string;
  /** The cluster it was found in; '' when the tree is one cluster. */
  readonly cluster: string;
  /** The walk that led to it, where the rule asked an engine for one. */
  readonly trace: readonly string[];
}
