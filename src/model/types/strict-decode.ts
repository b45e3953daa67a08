import type { Tree } from '../../text/tree.ts';
import { goTypeError, strictPath } from '../go-error.ts';
import { kindFacts } from '../kind-facts.ts';
import { NEWEST_MINOR } from '../versions.ts';
import { structReference } from './schemas.ts';
import { findFaults } from './type-faults.ts';
import type { FaultOptions } from './type-faults.ts';
import { goQuote } from '../../lang/go-quote.ts';
import { formatApiVersion, notRegistered, typeMetaOf } from '../type-meta.ts';
import type { TypeMeta } from '../type-meta.ts';
import type { StructReference, Type } from './type.ts';

/** What the API server's strict decoder says about one object. */
export interface StrictDecoding {
  /** Whether the kind is one that client-go 1.37 registers. */
  readonly known: boolean;
  /** Absent where the object names none. */
  readonly meta: TypeMeta | undefined;
  /** Unknown and duplicate fields; the object was decoded all the same. Duplicate keys of YAML are the reader's to tell. */
  readonly strictErrors: readonly string[];
  /** Why the object was not decoded; hides all strict errors of a known kind. */
  readonly decodeError: string | undefined;
  /** The struct of a known kind. */
  readonly type: StructReference | undefined;
}

/** The decoder gives up counting here. */
const MOST_STRICT_ERRORS = 100;

/**
 * Decodes as the API server of 1.37 does with fieldValidation=Strict, into the built-in types, and tells what it would say. `format` decides
 * in which order keys are met and whether they can repeat; `text` is the document as written, which two messages quote.
 * Mirrors apimachinery v0.37.2, runtime/serializer/json/json.go.
 */
export function strictDecode(root: Tree, format: 'yaml' | 'json', text: string): StrictDecoding {
  const sorted = format === 'yaml';
  const meta = typeMetaOf(root, sorted);
  const refuse = (decodeError: string): StrictDecoding => ({
    known: false,
    meta: undefined,
    strictErrors: [],
    decodeError,
    type: undefined,
  });
  if ('error' in meta) return refuse(meta.error);
  if (meta.kind === '' || meta.version === '') {
    const missing = meta.kind === '' ? 'Kind' : 'apiVersion';
    return { ...refuse(`Object '${missing}' is missing in '${text}'`), meta };
  }
  const facts = kindFacts(formatApiVersion(meta), meta.kind);
  const options = { minor: NEWEST_MINOR, duplicates: !sorted, sorted };
  if (facts?.registered !== true) {
    const { strictErrors } = decodeAs(root, UNSTRUCTURED, options);
    return { known: false, meta, strictErrors, decodeError: notRegistered(meta), type: undefined };
  }
  const type = structReference(facts.struct);
  return { known: true, meta, ...decodeAs(root, type, options), type };
}

const UNSTRUCTURED: Type = { kind: 'any', name: '' };

/**
 * The strict errors and the decode error of a tree taken as `type`. Of errors that types return themselves the first ends decoding
 * and wins; of plain wrong types the first is remembered and the rest of the object still read.
 */
export function decodeAs(
  root: Tree,
  type: Type,
  options: FaultOptions,
): { readonly strictErrors: readonly string[]; readonly decodeError: string | undefined } {
  const strictErrors = new Set<string>();
  let saved: string | undefined;
  findFaults(root, type, options, (fault) => {
    if (fault.kind === 'wrong-type') {
      if (fault.fatal || saved === undefined) saved = goTypeError(fault, type, options.minor);
      return !fault.fatal;
    }
    if (strictErrors.size < MOST_STRICT_ERRORS) {
      strictErrors.add(
        `${fault.kind === 'unknown-field' ? 'unknown field' : 'duplicate field'} ${goQuote(strictPath(fault.path))}`,
      );
    }
    return true;
  });
  return { strictErrors: saved === undefined ? [...strictErrors] : [], decodeError: saved };
}
