import { compileRegexp, type Regexp } from '../../re2/regexp.ts';
import { BOOL, INT, listType, STRING } from '../types/cel-type.ts';
import { ArrayList } from '../values/collections.ts';
import { CelError, noSuchOverload, type Value } from '../values/value.ts';
import { fn, type FunctionDecl, member, overload, type Run } from './declare.ts';

/** The regular expressions of one program, each made once. */
export class RegexpCache {
  private readonly made = new Map<string, Regexp | { readonly error: string }>();

  get(pattern: string): Regexp | { readonly error: string } {
    let regexp = this.made.get(pattern);
    if (regexp === undefined) {
      // Patterns may come from the objects that are judged.
      if (this.made.size >= 1000) this.made.clear();
      this.made.set(pattern, (regexp = compileRegexp(pattern)));
    }
    return regexp;
  }
}

/** Matching and finding, with a cache of its own. Mirrors `matches` of cel-go and the apiserver's pkg/cel/library/regex.go. */
export function regexFunctions(): readonly FunctionDecl[] {
  const cache = new RegexpCache();
  const on =
    (illegal: string, run: (regexp: Regexp, text: string, rest: Value | undefined) => Value): Run =>
    (text = null, pattern = null, rest) => {
      if (typeof text !== 'string' || typeof pattern !== 'string') return noSuchOverload();
      const regexp = cache.get(pattern);
      return 'error' in regexp ? new CelError(`${illegal}${regexp.error}`) : run(regexp, text, rest);
    };
  const matches = on('', (regexp, text) => regexp.matches(text));
  const find = on('Illegal regex: ', (regexp, text) => regexp.find(text));
  const findAll = on('Illegal regex: ', (regexp, text, limit = -1n) =>
    typeof limit === 'bigint' ? new ArrayList(regexp.findAll(text, Number(limit))) : noSuchOverload(),
  );
  return [
    {
      ...fn('matches', overload('matches', [STRING, STRING], BOOL), member('matches_string', [STRING, STRING], BOOL)),
      shared: { run: matches, trait: (value) => typeof value === 'string' },
    },
    fn('find', member('string_find_string', [STRING, STRING], STRING, find)),
    fn(
      'findAll',
      member('string_find_all_string', [STRING, STRING], listType(STRING), findAll),
      member('string_find_all_string_int', [STRING, STRING, INT], listType(STRING), findAll),
    ),
  ];
}
