import { listed } from '../../../lang/listed.ts';
import { once } from '../../../lang/once.ts';
import type { Cluster, Settled } from '../../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../../cluster/index/object-index.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { podsOf } from '../../../cluster/pods/pods-of.ts';
import { psaInForce } from '../../../cluster/components/psa-in-force.ts';
import { namespacesOf as existingNamespaces } from '../../../cluster/stored/existing.ts';
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
import type { Place } from '../../finding/place.ts';
import { describePod } from '../../words/describe-pod.ts';
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
  /** The linted Namespace of a name; undefined where no linted manifest declares it. */
  namespace(name: string): PsaNamespace | undefined;
  /** The same, of the Namespaces whose labels the server accepts and that the configuration does not exempt. */
  judged(name: string): PsaNamespace | undefined;
  /** Whether the configuration exempts users by name, so that it matters who creates a pod. */
  readonly exemptsUsers: boolean;
  /** Whether a namespace enforces, or may enforce, a level that refuses pods. */
  readonly enforces: boolean;
  /** The refusal of a pod by the level that its namespace enforces; undefined where it is admitted, or another plugin refuses it before. */
  refusal(pod: PodSource): PsaRefusal | undefined;
  /** What a level has against a pod; nothing where it allows it. */
  violations(pod: PodSource, level: LevelVersion): readonly Violation[];
  /** The same with the checks that a server of the newest minor has. */
  newestViolations(pod: PodSource, level: LevelVersion): readonly Violation[];
  /** The pods that a level forbids, at the version the server has. */
  failing(pods: readonly PodSource[], level: Level): readonly PodSource[];
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
  /** The status by which a manifest, taken from a cluster, shows that its pods run; undefined of others. */
  running(pod: PodSource): Reason | undefined;
  /** The label of a mode in a Namespace, that of its level (unless told otherwise) or of its version; the Namespace where it has none. */
  placeOf(namespace: PsaNamespace, mode: Mode, what?: 'level' | 'version'): Place;
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
  const configuration = psaConfiguration(cluster);
  const namespaces = once(() => namespacesOf(cluster, configuration.value));
  const failing = (pods: readonly PodSource[], level: Level) =>
    pods.filter((pod) => violations(pod, { level, version: 'latest' }).length > 0);
  return {
    state,
    isTheGate: state.value && pspInForce(cluster).value === 'off',
    configuration,
    namespace: (name) => namespaces().get(name),
    judged: (name) => {
      const namespace = namespaces().get(name);
      return namespace?.exempt === false && namespace.errors.length === 0 ? namespace : undefined;
    },
    exemptsUsers: configuration.value.exemptions.usernames.length > 0,
    get enforces() {
      const { defaults } = configuration.value;
      return (
        state.value &&
        (defaults.enforce.level !== 'privileged' ||
          [...existingNamespaces(cluster).values()].some(({ labels }) => levelLabel('enforce') in labels))
      );
    },
    refusal: (pod) => {
      const { verdict, refusedBefore } = judgePodByPsa(cluster, pod);
      if (verdict.decision === 'allow' || refusedBefore || isFragment(verdict)) return undefined;
      return refusalOf(pod, verdict);
    },
    violations,
    newestViolations: (pod, level) =>
      violationsOf(level, judge(pod).pod, { minor: NEWEST_MINOR, newest: NEWEST_MINOR }),
    failing,
    strictestPassed: (pods) => LEVELS.findLast((level) => failing(pods, level).length === 0) ?? 'privileged',
    reasons: (pod, found) => found.flatMap((violation) => violationReasons(pod, violation)),
    describe: describePod,
    list: listedPods,
    needing: (pods) => (pods.length === 0 ? '' : `: ${listedPods(pods)}`),
    running: ({ owner }) => runningEvidence(owner),
    placeOf: ({ object, labelled }, mode, what = 'level') => {
      const label = what === 'level' ? levelLabel(mode) : versionLabel(mode);
      return labelled.has(mode) ? { object, path: ['metadata', 'labels', label] } : object;
    },
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

function namespacesOf(cluster: Cluster, configuration: PsaConfiguration): ReadonlyMap<string, PsaNamespace> {
  const byNamespace = new Map<string, PodSource[]>();
  for (const pod of podsOf(cluster)) {
    const list = byNamespace.get(pod.namespace);
    if (list === undefined) byNamespace.set(pod.namespace, [pod]);
    else list.push(pod);
  }
  return new Map(
    objectsOfKind(cluster, '', 'Namespace')
      .filter((object) => object.name !== '' && !cluster.context.has(object))
      .map((object) => [object.name, psaNamespace(cluster, object, configuration, byNamespace.get(object.name) ?? [])]),
  );
}
