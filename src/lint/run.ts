import type { Cluster } from '../cluster/index/cluster.ts';
import type { Reason, Step } from '../engines/verdict.ts';
import type { SourceDocument } from '../text/source.ts';
import { formatFieldPath } from '../text/tree.ts';
import type { ActiveRule } from './config/settle-rules.ts';
import { collectFacts, type Facts, type LintedCluster } from './facts.ts';
import { findingId } from './finding-id.ts';
import { identify, type Draft } from './identify.ts';
import type { Finding, RelatedLocation, Severity } from './finding.ts';
import { fillMessage } from './message.ts';
import { resolvePlace, type Place, type ResolvedPlace } from './place.ts';
import type { AnyRuleContext, ReportDetail, Rule } from './rule.ts';

/** A rule that threw: our bug or a custom rule's. The other rules went on; a run with one of these may never be called clean. */
export interface RuleCrash {
  readonly rule: string;
  readonly cluster: string;
  readonly error: unknown;
}

export interface RunResult {
  /** Sorted by file, offset, rule and message. */
  readonly findings: readonly Finding[];
  readonly crashes: readonly RuleCrash[];
}

/** The id under which a crash of a rule is reported. */
export const CRASH_RULE = 'internal/rule-crashed';

/** Runs every rule over every cluster. Same input, same findings, in the same order. */
export function runRules(clusters: readonly LintedCluster[], rules: readonly ActiveRule[]): RunResult {
  const drafts: Draft[] = [];
  const crashes: RuleCrash[] = [];
  const all = clusters.map(({ cluster }) => cluster);
  for (const linted of clusters) {
    const { cluster, documents } = linted;
    const facts = collectFacts(linted, all);
    for (const active of rules) {
      try {
        runRule(active, facts, cluster, drafts);
      } catch (error) {
        crashes.push({ rule: active.rule.id, cluster: cluster.name, error });
        const crash = crashDraft(active.rule, cluster, documents, error);
        if (crash !== undefined) drafts.push(crash);
      }
    }
  }
  return { findings: identify(drafts), crashes };
}

function runRule({ rule, severity, options }: ActiveRule, facts: Facts, cluster: Cluster, drafts: Draft[]): void {
  const context: AnyRuleContext = {
    facts,
    options,
    report(place, message, data, detail) {
      drafts.push(
        draft({ rule, severity, cluster: cluster.name, place, messageKey: message, data, detail: asDetail(detail) }),
      );
    },
  };
  switch (rule.scope) {
    case 'tree':
      rule.check(cluster, context);
      return;
    case 'document':
      for (const document of facts.cluster.documents) rule.check(document, context);
      return;
    case 'object':
      for (const object of facts.cluster.linted) rule.check(object, context);
      return;
    case 'pod':
      for (const pod of facts.cluster.pods) rule.check(pod, context);
      return;
    case 'component':
      for (const component of facts.components.linted) rule.check(component, context);
      return;
    case 'policy':
      for (const policy of facts.psp.policies) if (facts.cluster.isLinted(policy.object)) rule.check(policy, context);
      return;
  }
}

function asDetail(detail: ReportDetail | readonly Reason[] | undefined): ReportDetail {
  if (detail === undefined) return {};
  return isReasons(detail) ? { because: detail } : detail;
}

function isReasons(detail: ReportDetail | readonly Reason[]): detail is readonly Reason[] {
  return Array.isArray(detail);
}

interface Report {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly cluster: string;
  readonly place: Place;
  readonly messageKey: string;
  readonly data: Readonly<Record<string, string | number>>;
  readonly detail: ReportDetail;
}

function draft({ rule, severity, cluster, place, messageKey, data, detail }: Report): Draft {
  const text = rule.messages[messageKey];
  if (text === undefined) throw new Error(`${rule.id} has no message \`${messageKey}\``);
  const where = resolvePlace(place);
  const { because = [], steps = [] } = detail;
  return {
    baseId: baseId(rule.id, cluster, where, messageKey),
    rule: rule.id,
    severity: soften(severity, detail.atMost),
    messageKey,
    message: fillMessage(text, data),
    file: where.file,
    span: where.span,
    ...(where.object === undefined ? {} : { object: where.object }),
    path: where.path,
    related: related(because),
    ...(detail.hint === undefined ? {} : { hint: detail.hint }),
    cluster,
    trace: [...because.filter(({ object }) => 'implicit' in object).map(implicitLine), ...traceLines(steps)],
  };
}

function baseId(
  rule: string,
  cluster: string,
  { object, path, name, file }: ResolvedPlace,
  messageKey: string,
): string {
  const place = `${object === undefined ? file.path : formatFieldPath(path)} ${name}`;
  return findingId({
    rule,
    cluster,
    group: object?.group ?? '',
    kind: object?.kind ?? '',
    namespace: object?.namespace ?? '',
    name: object === undefined ? '' : object.name === '' ? object.generateName : object.name,
    place,
    messageKey,
  });
}

const LOUDNESS: readonly Severity[] = ['info', 'warning', 'error'];

function soften(severity: Severity, atMost: Severity | undefined): Severity {
  return atMost !== undefined && LOUDNESS.indexOf(atMost) < LOUDNESS.indexOf(severity) ? atMost : severity;
}

function related(because: readonly Reason[]): RelatedLocation[] {
  const locations: RelatedLocation[] = [];
  for (const { object, path, sentence } of because) {
    if ('implicit' in object) continue;
    const { file, span } = resolvePlace(path.length === 0 ? object : { object, path });
    locations.push({ file, span, message: sentence });
  }
  return locations;
}

/** An object without a manifest has no place to relate to, yet it decided; it opens the trace. */
function implicitLine({ object, sentence }: Reason): string {
  return 'implicit' in object ? `${object.kind} \`${object.name}\` (${object.origin}): ${sentence}` : sentence;
}

function traceLines(steps: readonly Step[], indent = ''): string[] {
  return steps.flatMap(({ sentence, outcome, steps: inner = [] }) => [
    `${indent}${outcome}: ${sentence}`,
    ...traceLines(inner, `${indent}  `),
  ]);
}

function crashDraft(
  rule: Rule,
  cluster: Cluster,
  documents: readonly SourceDocument[],
  error: unknown,
): Draft | undefined {
  const file = documents[0]?.file ?? cluster.objects[0]?.document.file;
  if (file === undefined) return undefined;
  const said = error instanceof Error ? error.message : String(error);
  const where: ResolvedPlace = { file, span: { start: 0, end: 0 }, path: [], name: rule.id };
  return {
    baseId: baseId(CRASH_RULE, cluster.name, where, 'crashed'),
    rule: CRASH_RULE,
    severity: 'error',
    messageKey: 'crashed',
    message: `rule \`${rule.id}\` crashed: ${said}`,
    file,
    span: where.span,
    path: [],
    related: [],
    hint: 'what it would have found is missing from this result; please report the crash',
    cluster: cluster.name,
    trace: [],
  };
}
