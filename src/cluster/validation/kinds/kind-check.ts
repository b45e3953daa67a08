import type { JsonObject } from '../../../model/object.ts';
import { type Check } from '../check/check.ts';
import { checkMetadata, checkMetadataUpdate, metadataIn, type MetadataRules } from '../check/metadata.ts';
import type { Format } from '../check/rules.ts';
import { dnsSubdomainErrors } from '../name-formats.ts';

/** The last minor whose strategies validate most changed objects whole before they look at the change. */
export const LAST_WHOLE = 35;

/** What the server looks at in objects of a kind, after defaulting and what its strategy changes. */
export interface KindCheck {
  readonly create: (check: Check, object: JsonObject) => void;
  /** Beside what updates of all kinds are held to. */
  readonly update: (check: Check, object: JsonObject, old: JsonObject) => void;
}

/** The parts of most kinds: their metadata, the rest of a new object, and what a change may not do. */
export interface Parts {
  readonly name?: Format;
  readonly finalizers?: boolean;
  readonly prefix?: boolean;
  /** Whether newer servers look at the name by its markers. */
  readonly lateName?: boolean;
  /** The rest of an object; `old` is what it was before a change. */
  readonly rest?: (check: Check, object: JsonObject, old?: JsonObject) => void;
  /** What must not change. */
  readonly change?: (check: Check, object: JsonObject, old: JsonObject) => void;
  /** What of a new object a change is held to: everything, the rest without metadata, or nothing. */
  readonly again?: 'all' | 'rest' | 'nothing';
  /** Up to this minor an update is held to all that a new object is, and that first. */
  readonly wholeUntil?: number;
  /** Whether what must not change is said before the rest. */
  readonly changeFirst?: boolean;
  /** From this minor on it is. */
  readonly changeFirstSince?: number;
}

/** Puts the parts together in the usual order: metadata, then the rest; of a change what became of the metadata first. */
export function kindCheck(namespaced: boolean, parts: Parts): KindCheck {
  const { name = dnsSubdomainErrors, finalizers = true, prefix = true, again = 'rest' } = parts;
  const rules: MetadataRules = { namespaced, name, finalizers, prefix, lateName: parts.lateName ?? false };
  const create: KindCheck['create'] = (check, object) => {
    checkMetadata(check, metadataIn(object), rules);
    parts.rest?.(check, object);
  };
  return {
    create,
    update: (check, object, old) => {
      if (check.minor <= (parts.wholeUntil ?? 0)) create(check, object);
      checkMetadataUpdate(check, metadataIn(object), metadataIn(old));
      const isFirst = parts.changeFirst === true || check.minor >= (parts.changeFirstSince ?? Infinity);
      if (isFirst) parts.change?.(check, object, old);
      if (again === 'all') checkMetadata(check, metadataIn(object), rules);
      if (again !== 'nothing') parts.rest?.(check, object, old);
      if (!isFirst) parts.change?.(check, object, old);
    },
  };
}
