import type { Reason, Step } from '../../engines/verdict.ts';
import type { Facts } from '../facts/facts.ts';
import type { RelatedLocation, Severity } from '../finding/finding.ts';
import type { MessageData, Messages } from '../finding/message.ts';
import type { OptionSpecs, OptionValue, OptionValues } from './options.ts';
import type { Place } from '../finding/place.ts';
import type { AnyGround } from '../finding/ground.ts';
import type { KindPattern, Scope, SubjectOf } from './subject.ts';

/** `family/what-is-wrong`. */
export type RuleId = `${string}/${string}`;

/**
 * What a finding rests on: `proved` by the manifests alone, `assumes` something that the manifests do not say (the finding names it),
 * or `advice` on what is allowed but unwise.
 */
export type Precision = 'proved' | 'assumes' | 'advice';

/** `preview` rules are off until named in the configuration. */
export type Stage = 'stable' | 'preview' | 'deprecated';

/** A group of facts, as `needs` names it. */
export type FactName = keyof Facts;

/** What a rule found: which message it makes, where, and the typed values that `say` puts into words. It holds no words itself. */
export interface Found<Key extends string = string> {
  /** The key of the message. */
  readonly is: Key;
  readonly at: Place;
  /** The objects that decided; each becomes a related location. */
  readonly because?: readonly Reason[];
  /** Places outside of objects that took part, such as lines of a base that a patch overrides; each becomes a related location. */
  readonly beside?: readonly RelatedLocation[];
  /** The walk that led there, for `explain` and code flows. */
  readonly steps?: readonly Step[];
  /** What this one rests on, beside what every finding of the rule rests on. */
  readonly restsOn?: readonly AnyGround[];
}

/** What fills a message, and what to do about it: one imperative sentence, where the message does not say it. */
export type Words<Data> = Data & { readonly hint?: string | undefined };

/** What a rule may ask while it looks: the facts that it needs, and its options. */
export interface FindContext<Needs extends FactName, Options extends OptionSpecs> {
  readonly facts: Pick<Facts, Needs>;
  readonly options: OptionValues<Options>;
  /** Says that an analysis stopped at a limit, so that findings may be missing: `more than 300 rules in one tier`. */
  readonly gaveUp: (reason: string) => void;
}

/** What a rule may ask while it puts a find into words. */
export type SayContext<Needs extends FactName, Options extends OptionSpecs> = Omit<
  FindContext<Needs, Options>,
  'gaveUp'
>;

/** What every rule says about itself, whatever it checks. */
export interface RuleDescription {
  readonly id: RuleId;
  /** One sentence, without a full stop: what the rule holds everyone to. */
  readonly summary: string;
  readonly severity: Severity;
  readonly precision: Precision;
  readonly stage: Stage;
  /** The version of k8sec that first had it. */
  readonly since: string;
  readonly tags: readonly string[];
  /** Ids it had before, or has in other tools; they work in configuration as well. */
  readonly aliases?: readonly string[];
  /**
   * What every finding of the rule rests on: the runner lowers or drops a finding where that is in doubt, and says why. `['field']` when
   * absent; `[]` for what is true of the text whatever becomes of it.
   */
  readonly restsOn?: readonly AnyGround[];
}

interface Definition<
  S extends Scope,
  Needs extends FactName,
  Options extends OptionSpecs,
  Texts extends Messages,
> extends RuleDescription {
  readonly scope: S;
  /** Of the scope `object`: the kinds that it looks at, every kind when absent. */
  readonly kinds?: S extends 'object' ? readonly KindPattern[] : never;
  /** The facts that it asks; others do not exist for it. */
  readonly needs: readonly Needs[];
  readonly options?: Options;
  readonly messages: Texts;
}

/** The finds that a message may be made of: those of its key, and those that leave open which of several keys they have. */
type FoundAs<F, Key> = F extends { readonly is: infer Is } ? (Key extends Is ? F : never) : never;

/** A rule: what it finds, apart from how it says so. */
export interface RuleDefinition<
  S extends Scope,
  Needs extends FactName,
  Options extends OptionSpecs,
  Texts extends Messages,
  F extends Found<keyof Texts & string>,
> extends Definition<S, Needs, Options, Texts> {
  /** Asked once in a cluster: whether there is anything to look for, so that the subjects need not be looked at one by one. Always when absent. */
  when?(context: FindContext<Needs, Options>): boolean;
  /** Looks at one subject. Must be pure: same subject and facts, same finds. */
  find(subject: SubjectOf[S], context: FindContext<Needs, Options>): Iterable<F>;
  /** The words of each message, from what was found. */
  readonly say: {
    readonly [Key in keyof Texts]: (
      found: FoundAs<F, Key>,
      context: SayContext<Needs, Options>,
    ) => Words<MessageData<Texts[Key]>>;
  };
}

/** A rule as the runner sees it: the literal types are gone, the scope still decides the subject. */
export type Rule = { readonly [S in Scope]: RuleOf<S> }[Scope];

/** A rule of one scope, as the runner sees it. */
export interface RuleOf<S extends Scope> extends RuleDescription {
  readonly scope: S;
  readonly needs: readonly FactName[];
  readonly options: OptionSpecs;
  readonly messages: Messages;
  readonly kinds?: readonly KindPattern[];
  when?(context: AnyFindContext): boolean;
  find(subject: SubjectOf[S], context: AnyFindContext): Iterable<Found>;
  /** The words of a find, by the key of its message. */
  readonly say: Readonly<Record<string, (found: Found, context: AnyFindContext) => SaidWords>>;
}

/** What fills the message of a find, whichever it is. */
export type SaidWords = Words<Readonly<Record<string, string | number | undefined>>>;

/** The context that serves every rule: all facts, any options. */
export interface AnyFindContext {
  readonly facts: Facts;
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly gaveUp: (reason: string) => void;
}

/** The options of a rule that declares none. */
export type NoOptions = Readonly<Record<string, never>>;
