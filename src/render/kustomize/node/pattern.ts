import { compileRegexp, type Regexp } from '../../../lang/re2/regexp.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';

/** A regular expression of Go, or its error. */
export function compilePattern(pattern: string): Regexp {
  const compiled = compileRegexp(pattern);
  if ('error' in compiled) throw new KustomizeFailure(compiled.error);
  return compiled;
}
