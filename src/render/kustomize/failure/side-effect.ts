import type { Span } from '../../../text/tree.ts';

/** What a build does without a word that hardly anyone means. */
export type SideEffectKind =
  /** An entry of a patch's list is dropped; `lost` are the entries that it was for. `names`: the list, and the entry's keys. */
  | 'patch-entry-dropped'
  /** An entry of the object's list is dropped because of a patch. `names`: the list, and the entry's keys. */
  | 'base-entry-dropped'
  /** A list whose entries have names is replaced by a patch, and `lost` are its entries. `names`: the list, then the entries. */
  | 'entries-replaced'
  /** Such a list keeps its entries, and `lost` are fields of theirs. `names`: the list, then each field behind its entry and a dot. */
  | 'fields-replaced'
  /** An empty map or list of a patch leaves what is there. `names`: the field. */
  | 'empty-without-effect'
  /** A target selects no object. `names`: the name that it asks for, if it does. */
  | 'target-selects-nothing'
  /** The subject of a binding is moved to another namespace. `names`: the subject, the namespaces before and after. */
  | 'subject-moved'
  /** A role names an object that is renamed. `names`: the kind, the names before and after. */
  | 'grant-keeps-old-name';

/** One of them, of which the object is not known yet. */
export type MergeEffect = Omit<SideEffect, 'object'>;

/** One of them, at the patch or field that has it. */
export interface SideEffect extends Span {
  readonly is: SideEffectKind;
  /** The values that are lost or left behind. */
  readonly lost: readonly Span[];
  readonly names: readonly string[];
  /** The object that is changed; both '' where there is none. */
  readonly object: { readonly kind: string; readonly name: string };
}
