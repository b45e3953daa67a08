import type { Reason } from '../../engines/verdict.ts';
import type { Messages } from '../finding/message.ts';
import type { OptionSpecs } from './options.ts';
import type { Place } from '../finding/place.ts';
import type {
  AnyFindContext,
  CheckDefinition,
  FactName,
  Found,
  NoOptions,
  ReportDetail,
  RuleDefinition,
  RuleOf,
  SaidFind,
} from './definition.ts';
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

/** Makes a rule of a description in the older form, where one `check` finds and says. */
export function defineCheckRule<
  const S extends Scope,
  const Needs extends FactName = never,
  const Options extends OptionSpecs = NoOptions,
  const Texts extends Messages = Messages,
>(definition: CheckDefinition<S, Needs, Options, Texts>): RuleOf<S> {
  const { check, ...described } = definition as unknown as OlderDefinition<S>;
  return { options: {}, ...described, find: (subject, context) => reportsOf(check, subject, context) };
}

type Described<S extends Scope> = Omit<RuleOf<S>, 'find' | 'options'> & { readonly options?: OptionSpecs };
type Say = Readonly<Record<string, (found: Found, context: AnyFindContext) => SaidFind['words']>>;
type Check<S extends Scope> = (subject: SubjectOf[S], context: AnyFindContext & { readonly report: Report }) => void;
type Report = (
  place: Place,
  message: string,
  data: SaidFind['words'],
  detail?: ReportDetail | readonly Reason[],
) => void;

interface FindDefinition<S extends Scope> extends Described<S> {
  readonly find: (subject: SubjectOf[S], context: AnyFindContext) => Iterable<Found>;
  readonly say: Say;
}

interface OlderDefinition<S extends Scope> extends Described<S> {
  readonly check: Check<S>;
}

function* withWords(finds: Iterable<Found>, say: Say, context: AnyFindContext): Iterable<SaidFind> {
  for (const found of finds) {
    const words = say[found.is];
    if (words === undefined) throw new Error(`no words for \`${found.is}\``);
    yield { ...found, words: words(found, context) };
  }
}

function reportsOf<S extends Scope>(check: Check<S>, subject: SubjectOf[S], context: AnyFindContext): SaidFind[] {
  const finds: SaidFind[] = [];
  const report: Report = (at, is, data, detail) => {
    const { hint, ...rest } = asDetail(detail);
    finds.push({ is, at, ...rest, words: hint === undefined ? data : { ...data, hint } });
  };
  check(subject, { ...context, report });
  return finds;
}

function asDetail(detail: ReportDetail | readonly Reason[] = {}): ReportDetail {
  return isReasons(detail) ? { because: detail } : detail;
}

function isReasons(detail: ReportDetail | readonly Reason[]): detail is readonly Reason[] {
  return Array.isArray(detail);
}
