import type { ManifestObject } from '../../model/object.ts';
import type { SourceFile } from '../../text/source.ts';
import type { FieldPath, Span } from '../../text/tree.ts';

/** The levels of a finding, loudest first. */
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
  /** All clusters that it was found in alike, where there are several; `cluster` is the first. */
  readonly clusters?: readonly string[];
  /** Why it is reported below its default level; absent where it is not, and where the configuration sets the level of its rule. */
  readonly softened?: Softening;
  /** The walk that led to it, where the rule asked an engine for one. */
  readonly steps: readonly FindingStep[];
}

/** A default level that is lowered, because what the finding rests on is in doubt. */
export interface Softening {
  readonly from: Severity;
  /** One sentence: lower case, no full stop. */
  readonly because: string;
}

/** One step of a walk, in plain values. */
export interface FindingStep {
  readonly sentence: string;
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'noted';
  /** The object that the step looks at; `namespace` is '' for kinds without one. */
  readonly object?: { readonly kind: string; readonly namespace: string; readonly name: string };
  /** The field of it: `spec.ingress[0].from`. */
  readonly path?: string;
  /** Where that is written; absent for an object without a manifest. Lines and columns count from 1. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly steps?: readonly FindingStep[];
}
