import type { Cluster } from '../../cluster/index/cluster.ts';
import { isUnknownField } from '../../model/unknown-values.ts';
import type { SourceDocument } from '../../text/source.ts';
import type { ActiveRule } from '../config/settle-rules.ts';
import { doubtAbout, type DoubtAbout } from './doubt.ts';
import type { Doubt } from './doubter.ts';
import { unknownDoubt } from './unknown-doubt.ts';
import { collectFacts, type Facts, type LintedCluster } from '../facts/facts.ts';
import { putTogether } from './put-together.ts';
import { identify, type Draft } from './order-findings.ts';
import type { Finding } from '../finding/finding.ts';
import { baseId, makeFinding } from './make-finding.ts';
import { type Place, resolvePlace, type ResolvedPlace } from '../finding/place.ts';
import { NeededFacts } from '../rule/needed-facts.ts';
import type { AnyFindContext, Found, RuleOf, SaidWords } from '../rule/definition.ts';
import { SCOPES, type Scope, subjectsOf, type SubjectTraits } from '../rule/subject.ts';

/** A rule that threw: our bug or a custom rule's. The other rules, and its other subjects, went on; such a run may never be called clean. */
export interface RuleCrash {
  readonly rule: string;
  readonly cluster: string;
  /** What the rule was looking at first when it threw: `Deployment prod/web`; '' for the whole tree. */
  readonly subject: string;
  /** How many subjects it threw this error for. */
  readonly count: number;
  readonly error: unknown;
}

/** A limit at which an analysis of a rule stopped, so that findings may be missing. */
export interface Notice {
  readonly rule: string;
  readonly cluster: string;
  readonly reason: string;
  /** How many times. */
  readonly count: number;
}

export interface RunResult {
  /** Sorted by file, offset, rule and message. */
  readonly findings: readonly Finding[];
  readonly crashes: readonly RuleCrash[];
  /** In the order of clusters, rules and subjects. */
  readonly notices: readonly Notice[];
}

/** The id under which a crash of a rule is reported. */
export const CRASH_RULE = 'internal/rule-crashed';

/** Runs every rule over every cluster. Same input, same findings, in the same order. */
export function runRules(clusters: readonly LintedCluster[], rules: readonly ActiveRule[]): RunResult {
  const output: Output = { drafts: [], crashes: new Map(), notices: new Map() };
  const all = clusters.map(({ cluster }) => cluster);
  for (const linted of clusters) {
    const facts = collectFacts(linted, all);
    const about = doubtAbout(linted, facts);
    const asked: Asked = { linted, facts, needed: new NeededFacts(facts), about, idle: new Set() };
    for (const active of rules) {
      if (!asked.idle.has(active.rule.scope)) new RuleRun(asked, active, output).run(active.rule);
    }
  }
  return {
    findings: identify(output.drafts),
    crashes: [...output.crashes.values()],
    notices: [...output.notices.values()],
  };
}

/** What rules find, whichever they are; crashes and notices by rule, cluster and words. */
interface Output {
  readonly drafts: Draft[];
  readonly crashes: Map<string, RuleCrash>;
  readonly notices: Map<string, Notice>;
}

/** What all rules ask of one cluster. */
interface Asked {
  readonly linted: LintedCluster;
  readonly facts: Facts;
  readonly needed: NeededFacts;
  readonly about: DoubtAbout;
  /** The scopes without a subject in this cluster: a tree may have hundreds of clusters of a few objects, and there are hundreds of rules. */
  readonly idle: Set<Scope>;
}

/** One rule over one cluster. */
class RuleRun {
  private readonly asked: Asked;
  private readonly active: ActiveRule;
  private readonly output: Output;
  private readonly mayBeMany: boolean;
  /** What each finding says, where many may become one. */
  private readonly said = new Map<Draft, SaidWords>();

  constructor(asked: Asked, active: ActiveRule, output: Output) {
    this.asked = asked;
    this.active = active;
    this.output = output;
    const messages = Object.values(active.rule.messages);
    this.mayBeMany = messages.some((message) => typeof message === 'object' && message.many !== undefined);
  }

  run<S extends Scope>(rule: RuleOf<S>): void {
    try {
      const subjects = subjectsOf(rule, this.asked.facts);
      if (subjects.length === 0) {
        if (rule.kinds === undefined) this.asked.idle.add(rule.scope);
        return;
      }
      const { traits } = SCOPES[rule.scope];
      const context: AnyFindContext = {
        facts: this.asked.needed.of(rule.needs),
        options: this.active.options,
        gaveUp: (reason: string) => {
          this.gaveUp(reason);
        },
      };
      if (rule.when?.(context) === false) return;
      const first = this.output.drafts.length;
      for (const subject of subjects) {
        try {
          for (const found of rule.find(subject, context)) this.take(found, traits(subject), context);
        } catch (error) {
          this.crashed(error, traits(subject));
        }
      }
      if (this.mayBeMany)
        this.output.drafts.push(
          ...putTogether(rule, this.output.drafts.splice(first), this.said, this.asked.facts.cluster.place),
        );
    } catch (error) {
      this.crashed(error, {});
    }
  }

  private get names(): { readonly rule: string; readonly cluster: string } {
    return { rule: this.active.rule.id, cluster: this.asked.linted.cluster.name };
  }

  private keyOf(words: string): string {
    return JSON.stringify([this.names, words]);
  }

  private gaveUp(reason: string): void {
    const { notices } = this.output;
    const key = this.keyOf(reason);
    notices.set(key, { ...this.names, reason, count: (notices.get(key)?.count ?? 0) + 1 });
  }

  private take(found: Found, traits: SubjectTraits, context: AnyFindContext): void {
    const { rule, level } = this.active;
    const { object, path } = resolvePlace(found.at);
    if (object !== undefined && path.length > 0 && isUnknownField(object, path)) return;
    const doubt = this.heaviestDoubt(found, { ...(object === undefined ? {} : { object }), ...traits });
    if (doubt === 'drop') return;
    const say = rule.say[found.is];
    if (say === undefined) throw new Error(`no words for \`${found.is}\``);
    const words = say(found, context);
    const draft = makeFinding({ rule, level, cluster: this.names.cluster, found, words, doubt });
    this.output.drafts.push(draft);
    if (this.mayBeMany) this.said.set(draft, words);
  }

  /** Of the doubts about all that a find rests on the first that lowers it most. */
  private heaviestDoubt(found: Found, traits: SubjectTraits): Doubt | 'drop' | undefined {
    const { restsOn = ['field'] } = this.active.rule;
    let heaviest: Doubt | undefined = unknownDoubt(found);
    for (const ground of [...restsOn, ...(found.restsOn ?? [])]) {
      const doubt = this.asked.about(ground, traits);
      if (doubt === undefined) continue;
      if (typeof ground === 'object' && 'inDoubt' in ground) return 'drop';
      if (heaviest === undefined || WEIGHT.indexOf(doubt.level) < WEIGHT.indexOf(heaviest.level)) heaviest = doubt;
    }
    return heaviest;
  }

  private crashed(error: unknown, { object }: SubjectTraits): void {
    const said = error instanceof Error ? error.message : String(error);
    const { crashes } = this.output;
    const key = this.keyOf(said);
    const known = crashes.get(key);
    if (known !== undefined) {
      crashes.set(key, { ...known, count: known.count + 1 });
      return;
    }
    const subject = object === undefined ? '' : titleOf(object.kind, object.namespace, object.name);
    crashes.set(key, { ...this.names, subject, count: 1, error });
    const at = object ?? wholeTree(this.asked.linted, this.names.rule);
    if (at !== undefined) this.output.drafts.push(crashDraft(this.names, said, subject, at));
  }
}

const WEIGHT: readonly Doubt['level'][] = ['info', 'one-lower', 'warning', 'error'];

function titleOf(kind: string, namespace: string, name: string): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

function wholeTree(
  { cluster, documents }: { readonly cluster: Cluster; readonly documents: readonly SourceDocument[] },
  rule: string,
): Place | undefined {
  const file = documents[0]?.file ?? cluster.objects[0]?.document.file;
  return file === undefined ? undefined : { file, span: { start: 0, end: 0 }, name: rule };
}

function crashDraft(
  { rule, cluster }: { readonly rule: string; readonly cluster: string },
  said: string,
  subject: string,
  place: Place,
): Draft {
  const where: ResolvedPlace = { ...resolvePlace(place), name: rule };
  const { file, span, object, path } = where;
  return {
    baseId: baseId(CRASH_RULE, cluster, where, 'crashed'),
    rule: CRASH_RULE,
    severity: 'error',
    messageKey: 'crashed',
    message: `rule \`${rule}\` crashed${subject === '' ? '' : ` on ${subject}`}: ${said}`,
    file,
    span,
    ...(object === undefined ? {} : { object }),
    path,
    related: [],
    hint: 'what it would have found is missing from this result; please report the crash',
    cluster,
    steps: [],
  };
}
