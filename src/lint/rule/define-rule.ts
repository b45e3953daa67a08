import type { Messages } from '../finding/message.ts';
import type { OptionSpecs } from './options.ts';
import type { AnyFindContext, FactName, Found, NoOptions, RuleDefinition, RuleOf, SaidFind } from './definition.ts';
import type { Scope, SubjectOf } from './subject.ts';

/**
 * Makes a rule of its description. Scope, facts, options, finds and message placeholders are typed from the literal, so that a missing
 * placeholder, an undeclared fact or an unknown message key does not compile.
 */
export function defineRule<
  const S extends Scope,
  const Needs extends FactName = never,
  const Options extends OptionSpecs = NoOptions,
  const Texts extends Messages = Messages,
  F extends Found<keyof Texts & string> = Found<keyof Texts & string>,
>(definition: RuleDefinition<S, Needs, Options, Texts, F>): RuleOf<S> {
  // The narrow types guided the author of the rule; the runner hands it a wide context, which holds everything that the narrow one has.
  const { find, say, ...described } = definition as unknown as FindDefinition<S>;
  return { options: {}, ...described, find: (subject, context) => withWords(find(subject, context), say, context) };
}

type Described<S extends Scope> = Omit<RuleOf<S>, 'find' | 'options'> & { readonly options?: OptionSpecs };
type Say = Readonly<Record<string, (found: Found, context: AnyFindContext) => SaidFind['words']>>;
interface FindDefinition<S extends Scope> extends Described<S> {
  readonly find: (subject: SubjectOf[S], context: AnyFindContext) => Iterable<Found>;
  readonly say: Say;
}

function* withWords(finds: Iterable<Found>, say: Say, context: AnyFindContext): Iterable<SaidFind> {
  for (const found of finds) {
    const words = say[found.is];
    if (words === undefined) throw new Error(`no words for \`${found.is}\``);
    yield { ...found, words: words(found, context) };
  }
}
