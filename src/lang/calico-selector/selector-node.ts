/** What may be asked for a label's value: a `Map` will do. */
export interface LabelLookup {
  get(name: string): string | undefined;
  /** Whether the object may have the label without our knowing; absent: everything is known. */
  isUnknown?(name: string): boolean;
}

/** How one label is compared with one text. */
export type LabelOperator = '==' | '!=' | 'contains' | 'starts with' | 'ends with';

/** A parsed Calico selector. `values` of a set are sorted by bytes and without repetition. */
export type SelectorNode =
  | { readonly kind: 'all' }
  | { readonly kind: 'global' }
  | { readonly kind: 'has'; readonly label: string }
  | { readonly kind: 'compare'; readonly operator: LabelOperator; readonly label: string; readonly value: string }
  | { readonly kind: 'in' | 'not in'; readonly label: string; readonly values: readonly string[] }
  | { readonly kind: 'not'; readonly operand: SelectorNode }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly SelectorNode[] };

/** Why a selector cannot be read: Calico's own words, and the place (offsets in UTF-16 code units of the selector). */
export interface SelectorError {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}
