import type { Finding } from '../lint/finding.ts';

/** What a lint run has to say, whatever the format: the findings, and what they rest on. */
export interface LintReport {
  /** The version of k8sec. */
  readonly toolVersion: string;
  /** Sorted by file, offset and rule. */
  readonly findings: readonly Finding[];
  readonly judged: JudgedCounts;
  readonly clusters: readonly ClusterSummary[];
  readonly notJudged: readonly NotJudged[];
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
  readonly settled: readonly SettledFact[];
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
