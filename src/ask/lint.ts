import { rules as builtIn } from '../../rules/index.ts';
import { describeGuess } from '../cluster/load/split-clusters.ts';
import { pspInForce } from '../cluster/components/psp-in-force.ts';
import { formatKubernetesVersion } from '../cluster/components/target-version.ts';
import { countBySeverity } from '../lint/finding/count-by-severity.ts';
import type { RuleLevel } from '../lint/config/config.ts';
import type { Finding, FindingStep, Severity, Softening } from '../lint/finding/finding.ts';
import { type UnjudgedKind, unjudgedKinds } from '../lint/facts/schema-check.ts';
import type { Rule } from '../lint/rule.ts';
import type { NotJudgedReason } from '../lint/sources/judged-documents.ts';
import { lineColumn } from '../text/position.ts';
import type { LineColumn, SourceFile } from '../text/source.ts';
import { formatFieldPath, type Span } from '../text/tree.ts';
import { VERSION } from '../version.ts';
import { analyze, type Analysis, type AnalyzeInput } from './analyze.ts';
import type { Counts, LoadedCluster } from './load.ts';
import { ruleSummary, type RuleSummary } from './rules.ts';
import { type UnknownFieldValue, unknownFields } from './unknown-fields.ts';
import { objectName, type ObjectValue } from './values/object-value.ts';
import { type TrafficDefault, trafficDefaults } from './net/traffic-defaults.ts';

export type { RuleLevel, Severity };

/** What `lint` answers: what `--format json` prints. report.schema.json describes it; `version` changes when a reader would be misled. */
export interface LintValue {
  readonly version: 1;
  readonly tool: { readonly name: 'k8sec'; readonly version: string };
  /** How many findings there are of each severity, those that are not shown included, and how much was judged. */
  readonly summary: Readonly<Record<Severity, number>> & { readonly judged: Counts };
  readonly clusters: readonly ClusterSummary[];
  readonly notJudged: readonly NotJudgedValue[];
  /** Directories that were not read, since their names say that they hold others' code or test data. */
  readonly leftOut: readonly string[];
  /** Values that verdicts may look at and that are not known: they are encrypted, or filled in later. */
  readonly unknown: readonly UnknownFieldValue[];
  /** Custom kinds whose objects were checked against no schema. */
  readonly unchecked: readonly UncheckedKindValue[];
  /** Analyses that stopped at a limit, so that findings of the rule may be missing. */
  readonly notices: readonly NoticeValue[];
  /** Rules that did not run, and why. */
  readonly notRun: readonly { readonly rule: string; readonly reason: 'off' | 'preview' }[];
  /** Rules that crashed: the result is not complete, whatever the findings. */
  readonly crashes: readonly { readonly rule: string; readonly cluster?: string; readonly error: string }[];
  /** The rules that found something, by id. */
  readonly rules: readonly RuleValue[];
  /** Sorted by file, offset, rule and message. */
  readonly findings: readonly FindingValue[];
}

/** What is settled about one cluster: its target version, whether PodSecurityPolicy is in force, and why. */
export interface ClusterSummary {
  /** '' when the tree is one cluster. */
  readonly name: string;
  /** Why the tree was taken to hold several clusters, where that was guessed. */
  readonly guess?: string;
  readonly settled: readonly SettledFact[];
  /** What its network policies do by default; absent where there are none. */
  readonly traffic?: readonly TrafficDefault[];
}

/** One thing that the verdicts rest on: `Kubernetes`, `1.24`, `the tree holds PodSecurityPolicies`. */
export interface SettledFact {
  readonly about: string;
  readonly value: string;
  readonly origin: string;
  /** What to write, and where, to settle it otherwise; absent when the manifests or the configuration say it. */
  readonly decide?: string;
}

/** What was read and not judged, and why: a kind of thing, and where each one is. */
export interface NotJudgedValue {
  readonly what: string;
  readonly places: readonly string[];
}

/** A custom kind without a known schema, so that the fields of its objects were not checked. */
export interface UncheckedKindValue {
  readonly apiVersion: string;
  readonly kind: string;
  readonly objects: number;
  /** `no CustomResourceDefinition in these manifests` */
  readonly why: string;
}

/** A rule whose analysis stopped at a limit. */
export interface NoticeValue {
  readonly rule: string;
  readonly reason: string;
  readonly count: number;
  /** Absent when the tree is one cluster. */
  readonly cluster?: string;
}

/** A rule that found something. */
export interface RuleValue extends RuleSummary {
  /** The page of the rule, in the package. */
  readonly page: string;
}

/** A stretch of a file; the end is exclusive. Lines and columns count from 1. */
export interface RangeValue {
  readonly file: string;
  readonly start: LineColumn;
  readonly end: LineColumn;
}

/** One finding. */
export interface FindingValue extends RangeValue {
  /** Stable: it survives moved lines. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  /** Why it is reported below its default level; absent where it is not. */
  readonly softened?: Softening;
  readonly message: string;
  readonly hint?: string;
  /** Absent when the tree is one cluster. */
  readonly cluster?: string;
  /** All clusters that it was found in alike, where there are several; `cluster` is the first. */
  readonly clusters?: readonly string[];
  readonly object?: ObjectValue;
  /** The field: `spec.containers[0].image`. */
  readonly path?: string;
  /** Places that took part, and what each contributed. */
  readonly related: readonly (RangeValue & { readonly message: string })[];
  /** The walk that led to it. */
  readonly steps: readonly FindingStep[];
}

/** Reads manifests and runs the rules over their clusters. */
export function lint(input: AnalyzeInput): LintValue {
  return lintValue(analyze(input), input.rules);
}

/** An analysis as plain JSON; `rules` are those that ran, the built-in ones when absent. */
export function lintValue(analysis: Analysis, rules: readonly Rule[] = builtIn): LintValue {
  const { findings, counts, clusters, notices, notRun, crashes } = analysis;
  const reporting = new Set(findings.map(({ rule }) => rule));
  return {
    version: 1,
    tool: { name: 'k8sec', version: VERSION },
    summary: { ...countBySeverity(findings), judged: counts },
    clusters: clusters.map(clusterSummary),
    notJudged: notJudged(analysis),
    leftOut: analysis.leftOut,
    unknown: clusters.flatMap(({ cluster }) => unknownFields(cluster)),
    unchecked: unjudgedKinds(clusters.map(({ cluster }) => cluster)).map(({ defined, ...kind }) => ({
      ...kind,
      why: NO_SCHEMA[defined],
    })),
    notices: notices.map(({ cluster, ...notice }) => ({ ...notice, ...(cluster === '' ? {} : { cluster }) })),
    notRun,
    crashes: crashes.map(({ rule, cluster, error }) => ({
      rule,
      ...(cluster === '' ? {} : { cluster }),
      error: error instanceof Error ? error.message : String(error),
    })),
    rules: rules
      .filter(({ id }) => reporting.has(id))
      .map((rule) => ({ ...ruleSummary(rule), page: `rules/${rule.id}.md` })),
    findings: findings.map(findingValue),
  };
}

/** A finding as plain JSON. */
export function findingValue(finding: Finding): FindingValue {
  const { id, rule, severity, softened, message, hint, cluster, clusters, file, span, object, path, related, steps } =
    finding;
  return {
    id,
    rule,
    severity,
    ...(softened === undefined ? {} : { softened }),
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(cluster === '' ? {} : { cluster }),
    ...(clusters === undefined ? {} : { clusters }),
    ...rangeValue(file, span),
    ...(object === undefined ? {} : { object: objectName(object) }),
    ...(path.length === 0 ? {} : { path: formatFieldPath(path) }),
    related: related.map((location) => ({ ...rangeValue(location.file, location.span), message: location.message })),
    steps,
  };
}

function rangeValue(file: SourceFile, span: Span): RangeValue {
  return { file: file.path, start: lineColumn(file, span.start), end: lineColumn(file, span.end) };
}

const PSP_STATES = { on: 'in force', off: 'not in force', unknown: 'unknown' };

function clusterSummary({ cluster, part }: LoadedCluster): ClusterSummary {
  const version = cluster.version;
  const psp = pspInForce(cluster);
  const settled: SettledFact[] = [
    { ...version, about: 'Kubernetes', value: formatKubernetesVersion(version.value) },
    { ...psp, about: 'PodSecurityPolicy', value: PSP_STATES[psp.value] },
  ].map(({ about, value, origin, decide }) => ({ about, value, origin, ...(decide === undefined ? {} : { decide }) }));
  const { guess } = part;
  const traffic = trafficDefaults(cluster);
  return {
    name: cluster.name,
    ...(guess === undefined ? {} : { guess: describeGuess(guess) }),
    settled,
    ...(traffic.length === 0 ? {} : { traffic }),
  };
}

const NO_SCHEMA: Readonly<Record<UnjudgedKind['defined'], string>> = {
  nowhere: 'no CustomResourceDefinition in these manifests',
  elsewhere: 'CustomResourceDefinition in another cluster of the tree',
  'without-schema': 'CustomResourceDefinition without a schema, or at odds with another one',
};

const REASONS: Readonly<Record<NotJudgedReason, string>> = {
  broken: 'unreadable document',
  template: 'template (not rendered)',
  kustomization: 'kustomization (not rendered)',
  'kustomize patch': 'kustomize patch',
  patch: 'patch (no kustomization of the tree names it)',
  unlisted: 'manifest that the kustomization beside it does not list',
  'tool file': 'file of another program',
  test: 'test',
  'helm chart': 'Chart.yaml',
  'helm values': 'Helm values',
  other: 'document that is not a Kubernetes object',
};

/** What was not judged, by its reason, each with its place: the line of the document where it is not a file's first. */
function notJudged({ notJudged: left }: Analysis): NotJudgedValue[] {
  const groups = new Map<NotJudgedReason, string[]>();
  for (const { document, reason } of left) {
    const { file, index, span } = document;
    const place = index === 0 ? file.path : `${file.path}:${lineColumn(file, span.start).line}`;
    const places = groups.get(reason);
    if (places === undefined) groups.set(reason, [place]);
    else places.push(place);
  }
  return [...groups].map(([reason, places]) => ({ what: REASONS[reason], places }));
}
