import type { Messages } from '../finding/message.ts';
import type { OptionSpecs } from './options.ts';
import type { FactName, Found, NoOptions, RuleDefinition, RuleOf } from './definition.ts';
import type { Scope } from './subject.ts';

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
  return { options: {}, ...(definition as unknown as Omit<RuleOf<S>, 'options'>) };
}
