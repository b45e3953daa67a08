import type { Finding, Severity } from '../../lint/finding.ts';
import type { TrafficDefault } from '../../ask/net/traffic-defaults.ts';

/** What a lint run has to say, whatever the format: the findings, and what they rest on. */
export interface LintReport {
  /** The version of k8sec. */
  readonly toolVersion: string;
  /** Those to show, sorted by file, offset and rule. */
  readonly findings: readonly Finding[];
  /** How many there are of each severity, those that are not shown included. */
  readonly counts: Readonly<Record<Severity, number>>;
  readonly judged: JudgedCounts;
  readonly clusters: readonly ClusterSummary[];
  readonly notJudged: readonly NotJudged[];
  /** Analyses that stopped at a limit, so that findings may be missing. */
  readonly notices: readonly LintNotice[];
  /** Rules that did not run, and why. */
  readonly notRun: readonly { readonly rule: string; readonly reason: 'off' | 'preview' }[];
}

/** A rule whose analysis stopped at a limit. */
export interface LintNotice {
  readonly rule: string;
  /** '' when the tree is one cluster. */
  readonly cluster: string;
  readonly reason: string;
  readonly count: number;
}

/** How much was looked at. */
export interface JudgedCounts {
  readonly files: number;
  readonly documents: number;
  readonly objects: number;
  readonly pods: number;
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
export interface NotJudged {
  /** `Helm template`, `Kustomization`, `object of a kind without schema`. */
  readonly what: string;
  readonly places: readonly string[];
}
