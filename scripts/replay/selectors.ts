import { canonicalSelector } from '../../src/lang/calico-selector/canonical-selector.ts';
import { isSelectorError, parseSelector } from '../../src/lang/calico-selector/parse-selector.ts';
import { selectorMatches } from '../../src/lang/calico-selector/selector-matches.ts';

interface SelectorsCase {
  readonly id: string;
  readonly selectors: readonly { readonly selector: string; readonly labels: Readonly<Record<string, string>> }[];
}

/** Answers a case of the `selectors` suite: validity, match and canonical form of each selector. */
export function answer(question: SelectorsCase): unknown {
  return {
    id: question.id,
    selectors: question.selectors.map(({ selector, labels }) => {
      const parsed = parseSelector(selector);
      if (isSelectorError(parsed)) return { valid: false, error: parsed.message, matches: false };
      const matches = selectorMatches(parsed, new Map(Object.entries(labels)));
      return { valid: true, matches, canonical: canonicalSelector(parsed) };
    }),
  };
}
