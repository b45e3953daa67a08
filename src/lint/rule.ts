import type { Cluster } from '../cluster/index/cluster.ts';
import type { Component } from '../cluster/components/component.ts';
import type { PodSource } from '../cluster/pods/pod-source.ts';
import type { Direction, Policy as NetPolicy, Rule as NetRule, Tier } from '../engines/net/form/normal-form.ts';
import type { Endpoint } from '../engines/net/form/owner.ts';
import type { Reason, Step } from '../engines/verdict.ts';
import type { ManifestObject } from '../model/object.ts';
import type { SourceDocument } from '../text/source.ts';
import type { FieldPath } from '../text/tree.ts';
import type { WrittenPolicy } from './facts/net/net-policies.ts';
import type { NetService } from './facts/net/net-services.ts';
import type { Facts, PolicySubject, UseGrant } from './facts.ts';
import type { Severity } from './finding.ts';
import type { MessageData } from './message.ts';
import type { OptionSpecs, OptionValue, OptionValues } from './options.ts';
import type { Place } from './place.ts';

export { nearest } from '../lang/nearest.ts';
export type {
  Cluster,
  Direction,
  Endpoint,
  Component,
  Facts,
  FieldPath,
  ManifestObject,
  NetPolicy,
  NetRule,
  NetService,
  Place,
  PodSource,
  PolicySubject,
  Reason,
  Severity,
  SourceDocument,
  Step,
  Tier,
  UseGrant,
  WrittenPolicy,
};

/** `family/what-is-wrong`. */
export type RuleId = `${string}/${string}`;

/**
 * What a finding rests on: `proved` by the manifests alone, `assumes` something that the manifests do not say (the finding names it),
 * or `advice` on what is allowed but unwise.
 */
export type Precision = 'proved' | 'assumes' | 'advice';

/** `preview` rules are off until named in the configuration. */
export type Stage = 'stable' | 'preview' | 'deprecated';

/** What a rule of each scope is called with, once for each in a cluster: */
export interface SubjectOf {
  /** the cluster as a whole, once; */
  readonly tree: Cluster;
  /** every YAML or JSON document of the linted files; */
  readonly document: SourceDocument;
  /** every linted object; */
  readonly object: ManifestObject;
  /** every pod and pod template of the linted objects; */
  readonly pod: PodSource;
  /** every linted PodSecurityPolicy; */
  readonly policy: PolicySubject;
  /** every component of the control plane or of a node that linted objects start or configure. */
  readonly component: Component;
}
export type Scope = keyof SubjectOf;
export type FactName = keyof Facts;
export type Messages = Readonly<Record<string, string>>;

/** What a rule may add to a report beside the message. */
export interface ReportDetail {
  /** The objects that decided; each becomes a related location. */
  readonly because?: readonly Reason[];
  /** The walk that led there, for `explain` and code flows. */
  readonly steps?: readonly Step[];
  /** What to do, one sentence. */
  readonly hint?: string;
  /** Softens this one finding below the rule's severity, where the tree looks partial; it never hardens. */
  readonly atMost?: Severity;
}

/** What a rule sees besides its subject. */
export interface RuleContext<Needs extends FactName, Options extends OptionSpecs, Texts extends Messages> {
  readonly facts: Pick<Facts, Needs>;
  readonly options: OptionValues<Options>;
  /** Reports a finding at a place. `data` fills the placeholders of the message; reasons alone may stand for a whole detail. */
  readonly report: <Key extends keyof Texts>(
    place: Place,
    message: Key,
    data: MessageData<Texts[Key]>,
    detail?: ReportDetail | readonly Reason[],
  ) => void;
}

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
}

export interface RuleDefinition<
  S extends Scope,
  Needs extends FactName,
  Options extends OptionSpecs,
  Texts extends Messages,
> extends RuleDescription {
  readonly scope: S;
  /** The facts it may ask. */
  readonly needs: readonly Needs[];
  readonly options?: Options;
  readonly messages: Texts;
  /** Looks at one subject; says what it finds through `context.report`. Must be pure: same subject and facts, same reports. */
  check(subject: SubjectOf[S], context: RuleContext<Needs, Options, Texts>): void;
}

/** A rule as the runner sees it: the literal types are gone, the scope still decides the subject. */
export type Rule = { readonly [S in Scope]: RuleOf<S> }[Scope];

export interface RuleOf<S extends Scope> extends RuleDescription {
  readonly scope: S;
  readonly needs: readonly FactName[];
  readonly options: OptionSpecs;
  readonly messages: Messages;
  check(subject: SubjectOf[S], context: AnyRuleContext): void;
}

/** The context that serves every rule: all facts, any options, any message. */
export interface AnyRuleContext {
  readonly facts: Facts;
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly report: (
    place: Place,
    message: string,
    data: Readonly<Record<string, string | number>>,
    detail?: ReportDetail | readonly Reason[],
  ) => void;
}

/** The options of a rule that declares none. */
export type NoOptions = Readonly<Record<string, never>>;

/**
 * Makes a rule of its description. Scope, facts, options and message placeholders are typed from the literal, so that a missing
 * placeholder, an undeclared fact or an unknown message key does not compile.
 */
export function defineRule<
  const S extends Scope,
  const Needs extends FactName = never,
  const Options extends OptionSpecs = NoOptions,
  const Texts extends Messages = Messages,
>(definition: RuleDefinition<S, Needs, Options, Texts>): RuleOf<S> {
  // The narrow context type guided whoever wrote the rule; the runner hands it the wide one, which holds everything the narrow has.
  return { options: {}, ...definition } as unknown as RuleOf<S>;
}
