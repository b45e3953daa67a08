import { atVersion } from '../../../cluster/index/at-version.ts';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import { defaultPod } from '../../../cluster/defaults/default-pod.ts';
import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import { podServer } from '../../../cluster/index/feature-gates.ts';
import type { FieldError } from '../../../cluster/index/field-error.ts';
import { laterPodErrors } from '../../../cluster/validation/later-pod-validation.ts';
import { newPodErrors } from '../../../cluster/validation/pods/pod.ts';
import { podForCreate } from '../../../cluster/stored/stored-pod.ts';
import { lastPodSecurityPolicyMinor } from '../../../cluster/components/target-version.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';
import type { CheckedPod } from '../../psa/check.ts';
import { type Violation, violationsOf } from '../../psa/evaluate-pod.ts';
import { podAsMet } from '../../psa/pod-as-met.ts';
import { type PolicyVersion, policyVersion } from '../../psa/policy-version.ts';
import type { Provider } from '../../psp/compile-policy.ts';
import { evaluatePod, type PolicyTrial } from '../../psp/evaluate-pod.ts';
import type { AuthorizedBy } from '../../psp/policy-use.ts';

const LAST = lastPodSecurityPolicyMinor;

/** A level that forbids something. */
export type StrictLevel = 'baseline' | 'restricted';

export const STRICT_LEVELS: readonly StrictLevel[] = ['baseline', 'restricted'];

/** The two servers of a migration: the one that policies leave, and the one that levels are enforced by. */
export interface MigrationServers {
  /** The cluster at its version, or the last one with PodSecurityPolicy. */
  readonly psp: Cluster;
  /** The cluster at its version, or at the last one that has both. */
  readonly psa: Cluster;
  /** The version to pin levels to: the second server's. */
  readonly version: PolicyVersion;
}

/** A field or annotation of a policy that refuses a pod, and the server's words. */
export interface PolicyRefusal {
  readonly policy: string;
  /** `['spec', 'runAsUser']`; `['spec']` where the policy's defaults make a pod that the API refuses. */
  readonly control: FieldPath;
  readonly message: string;
}

/** What policies that everybody may use make of one pod. */
export interface PolicyVerdict {
  /** Whether both servers take the pod at all; policies do not judge others. */
  readonly valid: boolean;
  readonly admitted: boolean;
  /** Whether a policy admits it without changing it. */
  readonly asItIs: boolean;
  /** Why not, of each policy; empty for an admitted pod. */
  readonly refusals: readonly PolicyRefusal[];
  /** The pod with what the policy fills in; of a refused one, as the plugin met it. */
  readonly pod: ServerPod;
}

/** What the levels have against a pod as it is sent. */
export type LevelVerdict = Readonly<Record<StrictLevel, readonly Violation[]>>;

/** The servers between which a cluster migrates: policies are judged up to 1.24, levels at the cluster's version from 1.24 on or 1.23. */
export function migrationServers(cluster: Cluster): MigrationServers {
  const { minor } = cluster.version.value;
  const psp = atVersion(cluster, Math.min(minor, LAST), 'the last version with PodSecurityPolicy');
  const psaMinor = minor === LAST - 1 ? minor : Math.max(minor, LAST);
  const psa = atVersion(cluster, psaMinor, 'the last version with PodSecurityPolicy and with Pod Security Admission');
  return { psp, psa, version: policyVersion(psaMinor) };
}

/** A pod as somebody would send it, and as both servers meet it. */
export interface MetPod {
  readonly written: JsonObject;
  /** Whether both servers take it at all. */
  readonly valid: boolean;
  /** As policies meet it when it is sent, and, where they leave it alone, when it is about to be stored. */
  readonly sent: ServerPod;
  readonly stored: ServerPod;
  /** As checks meet it. */
  readonly checked: CheckedPod;
}

/** A pod on its way through both servers. */
export function meetPod({ psp, psa }: MigrationServers, written: JsonObject): MetPod {
  const server = podServer(psp);
  const sent = defaultedAt(written, server.minor);
  const stored = podForCreate(sent, server);
  const checked = psa === psp ? stored : podAsMet(psa, written);
  const valid =
    faultOf(stored, LAST) === undefined &&
    // A pod of an older server has to pass the validation of the one that it migrates to as well.
    (server.minor >= LAST - 1 ||
      faultOf(podForCreate(defaultedAt(written, LAST), podServer(psa)), LAST) === undefined) &&
    laterPodErrors(checked, psa.version.value.minor).length === 0;
  return { written, valid, sent, stored, checked };
}

/** Judges a pod by both levels. */
export function judgeByLevels({ psa, version }: MigrationServers, { checked }: MetPod): LevelVerdict {
  const { minor } = psa.version.value;
  const judge = (level: StrictLevel) => violationsOf({ level, version }, checked, { minor, newest: minor });
  return { baseline: judge('baseline'), restricted: judge('restricted') };
}

const EVERYBODY = { hint: '', authorizedBy: (): AuthorizedBy => 'user' };

/** Judges the same pod by policies: the plugin's two passes. Mirrors Admit and Validate of plugin/pkg/admission/security/podsecuritypolicy, v1.24. */
export function judgeByPolicies(
  { psp: cluster }: MigrationServers,
  policies: readonly Provider[],
  { valid, sent, stored: unchanged }: MetPod,
): PolicyVerdict {
  if (!valid) return { valid, admitted: false, asItIs: false, refusals: [], pod: sent };
  const { chosen, trials } = evaluatePod(policies, sent, { ...EVERYBODY, mayMutate: true });
  if (chosen === undefined) return refused(trials, sent);
  const server = podServer(cluster);
  const stored = chosen.mutates ? podForCreate(chosen.pod, server) : unchanged;
  const fault = chosen.mutates ? faultOf(stored, server.minor) : undefined;
  if (fault !== undefined) {
    const refusals = [{ policy: chosen.name, control: ['spec'], message: fault.message }];
    return { valid, admitted: false, asItIs: false, refusals, pod: sent };
  }
  const second = evaluatePod(policies, stored, { ...EVERYBODY, hint: chosen.name, mayMutate: false });
  if (second.chosen === undefined) return refused(second.trials, sent);
  return { valid, admitted: true, asItIs: !chosen.mutates, refusals: [], pod: chosen.pod };
}

function refused(trials: readonly PolicyTrial[], pod: ServerPod): PolicyVerdict {
  const refusals = trials.flatMap(({ name, errors }) =>
    errors.map(({ policyPath, message }) => ({ policy: name, control: controlOf(policyPath), message })),
  );
  return { valid: true, admitted: false, asItIs: false, refusals, pod };
}

/** `spec.runAsUser` of `spec.runAsUser.ranges`; the whole of an annotation. */
function controlOf(path: FieldPath): FieldPath {
  return path.slice(0, path[0] === 'metadata' ? 3 : 2);
}

function defaultedAt(written: JsonObject, minor: number): ServerPod {
  const pod = defaultPod(written, { minor });
  return { ...pod, metadata: { namespace: 'default', ...pod.metadata } };
}

/** Why the API does not take a pod; undefined where it does. */
function faultOf(pod: ServerPod, minor: number): FieldError | undefined {
  return newPodErrors(pod as unknown as JsonObject, { minor, allowPrivileged: true })[0];
}
