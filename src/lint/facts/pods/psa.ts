import { listed } from '../../../lang/listed.ts';
import type { Cluster, Settled } from '../../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../../cluster/index/object-index.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { podsOf } from '../../../cluster/pods/pods-of.ts';
import { psaInForce } from '../../../cluster/components/psa-in-force.ts';
import { pspInForce } from '../../../cluster/components/psp-in-force.ts';
import type { PsaConfiguration } from '../../../engines/psa/configuration.ts';
import {
  formatLevelVersion,
  type LevelVersion,
  type Violation,
  violationsOf,
} from '../../../engines/psa/evaluate-pod.ts';
import { type PsaVerdict, violationReasons, violationsIn } from '../../../engines/psa/judge-psa.ts';
import { compareLevels, type Level, LEVELS } from '../../../engines/psa/level.ts';
import { levelLabel, type Mode, versionLabel } from '../../../engines/psa/namespace-policy.ts';
import { policyVersion } from '../../../engines/psa/policy-version.ts';
import { psaConfiguration } from '../../../engines/psa/psa-configuration.ts';
import type { Reason } from '../../../engines/verdict.ts';
import { NEWEST_MINOR } from '../../../model/versions.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { Severity } from '../../finding/finding.ts';
import type { Place } from '../../finding/place.ts';
import { describePod, softened } from '../../words/describe-pod.ts';
import { judgePodByPsa } from '../../../engines/admission/psa-judgement.ts';
import { type PsaNamespace, psaNamespace } from './psa-namespace.ts';
import { runningEvidence } from '../running.ts';
import type { FactContext } from '../fact-context.ts';

/** A pod that is refused, ready to be told. */
export interface PsaRefusal {
  /** The server's words. */
  readonly message: string;
  /** The first field that is forbidden. */
  readonly place: Place;
  readonly because: readonly Reason[];
}

/** Questions about Pod Security Admission. */
export interface PsaFacts {
  /** Whether the plugin judges pods in this cluster, and how we know. */
  readonly state: Settled<boolean>;
  /** Whether it is what stands between pods and nodes: it is in force and PodSecurityPolicy is not. Advice on levels is for such clusters. */
  readonly isTheGate: boolean;
  /** What the plugin was given besides labels, and how we know. */
  readonly configuration: Settled<PsaConfiguration>;
  /** The linted Namespaces. */
  readonly namespaces: readonly PsaNamespace[];
  /** The refusal of a pod by the level that its namespace enforces; undefined where it is admitted, or another plugin refuses it before. */
  refusal(pod: PodSource): PsaRefusal | undefined;
  /** What a level has against a pod; nothing where it allows it. */
  violations(pod: PodSource, level: LevelVersion): readonly Violation[];
  /** The same with the checks that a server of the newest minor has. */
  newestViolations(pod: PodSource, level: LevelVersion): readonly Violation[];
  /** The strictest level that all pods pass, at the version the server has. */
  strictestPassed(pods: readonly PodSource[]): Level;
  /** The fields that violations are about, in the manifest. */
  reasons(pod: PodSource, violations: readonly Violation[]): readonly Reason[];
  /** A pod by its manifest, to begin a message with. */
  describe(pod: PodSource): string;
  /** Some pods, to stand in a message: the first few by their manifests. */
  list(pods: readonly PodSource[]): string;
  /** The same behind a colon; '' for none. */
  needing(pods: readonly PodSource[]): string;
  /** How much a refusal of a pod is worth: lay it over a report of one. */
  softened(pod: PodSource, isTransformed: boolean): { readonly atMost?: Severity; readonly hint?: string };
  /** The status by which a manifest, taken from a cluster, shows that its pods run; undefined of others. */
  running(pod: PodSource): Reason | undefined;
  /** Where the label of a mode stands in a Namespace: that of its level, or of its version. */
  labelPath(mode: Mode, what: 'level' | 'version'): readonly string[];
  /** Negative where the first level is laxer, positive where it is stricter. */
  compare(left: Level, right: Level): number;
  /** `baseline:v1.30`. */
  format(level: LevelVersion): string;
  /** The newest minor that is known, as a version: `v1.37`. */
  readonly newest: LevelVersion['version'];
}

/** Answers by the PSA engine. */
export function psaFacts({ cluster }: FactContext): PsaFacts {
  const { minor } = cluster.version.value;
  const state = psaInForce(cluster);
  const judge = (pod: PodSource): PsaVerdict => judgePodByPsa(cluster, pod).verdict;
  const violations = (pod: PodSource, level: LevelVersion) =>
    violationsOf(level, judge(pod).pod, { minor, newest: minor });
  let namespaces: readonly PsaNamespace[] | undefined;
  const configuration = psaConfiguration(cluster);
  return {
    state,
    isTheGate: state.value && pspInForce(cluster).value === 'off',
    configuration,
    get namespaces() {
      return (namespaces ??= namespacesOf(cluster, configuration.value));
    },
    refusal: (pod) => {
      const { verdict, refusedBefore } = judgePodByPsa(cluster, pod);
      if (verdict.decision === 'allow' || refusedBefore || isFragment(verdict)) return undefined;
      return refusalOf(pod, verdict);
    },
    violations,
    newestViolations: (pod, level) =>
      violationsOf(level, judge(pod).pod, { minor: NEWEST_MINOR, newest: NEWEST_MINOR }),
    strictestPassed: (pods) =>
      LEVELS.findLast((level) => pods.every((pod) => violations(pod, { level, version: 'latest' }).length === 0)) ??
      'privileged',
    reasons: (pod, found) => found.flatMap((violation) => violationReasons(pod, violation)),
    describe: describePod,
    list: listedPods,
    needing: (pods) => (pods.length === 0 ? '' : `: ${listedPods(pods)}`),
    softened: (pod, isTransformed) => softenedHere(pod, isTransformed, configuration.value),
    running: ({ owner }) => runningEvidence(owner),
    labelPath: (mode, what) => ['metadata', 'labels', what === 'level' ? levelLabel(mode) : versionLabel(mode)],
    compare: compareLevels,
    format: formatLevelVersion,
    newest: policyVersion(NEWEST_MINOR),
  };
}

/** A container without an image is a patch of one: no server would take it as it stands. */
function isFragment({ pod }: PsaVerdict): boolean {
  return pod.spec.containers?.some(({ image = '' }) => image === '') === true;
}

const SHOWN = 3;

function listedPods(pods: readonly PodSource[]): string {
  return listed([...new Set(pods.map(describePod))], SHOWN);
}

function refusalOf(pod: PodSource, verdict: PsaVerdict): PsaRefusal | undefined {
  const violations = violationsIn(verdict, 'enforce');
  if (violations.length === 0) return undefined; // refused because it could not be judged
  const [first] = violations.flatMap(({ fields }) => fields);
  const place = first === undefined ? pod.owner : pod.placeOf(first.path);
  return { message: verdict.message, place, because: verdict.because };
}

/** Who creates a pod matters only where users are exempt. */
function softenedHere(
  pod: PodSource,
  isTransformed: boolean,
  { exemptions }: PsaConfiguration,
): ReturnType<typeof softened> {
  const soft = softened(pod, isTransformed);
  const isAboutUser = soft.atMost === 'warning' && !isTransformed;
  return isAboutUser && exemptions.usernames.length === 0 ? {} : soft;
}

function namespacesOf(cluster: Cluster, configuration: PsaConfiguration): readonly PsaNamespace[] {
  const byNamespace = new Map<string, PodSource[]>();
  for (const pod of podsOf(cluster)) {
    const list = byNamespace.get(pod.namespace);
    if (list === undefined) byNamespace.set(pod.namespace, [pod]);
    else list.push(pod);
  }
  return objectsOfKind(cluster, '', 'Namespace')
    .filter((object: ManifestObject) => object.name !== '' && !cluster.context.has(object))
    .map((object) => psaNamespace(cluster, object, configuration, byNamespace.get(object.name) ?? []));
}
