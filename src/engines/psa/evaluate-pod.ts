import { type CheckRegistry, makeCheckRegistry } from './check-registry.ts';
import type { CheckedPod, Forbidden } from './check.ts';
import { checksOfServer } from './checks.ts';
import type { Level } from './level.ts';
import { type PolicyVersion, policyMinor } from './policy-version.ts';

/** A level at a version: what one mode holds pods to. */
export interface LevelVersion {
  readonly level: Level;
  readonly version: PolicyVersion;
}

/** A check that forbids a pod, and why. */
export interface Violation extends Forbidden {
  /** The server's name of the check: `capabilities_restricted`. */
  readonly check: string;
}

/** What one check made of a pod. */
export interface CheckOutcome {
  readonly check: string;
  /** Undefined where the pod passes. */
  readonly violation: Violation | undefined;
}

/** Which edition of the standards a server has. */
export interface ServerEdition {
  /** The minor of its code: messages differ. */
  readonly minor: number;
  /** The newest policy that it knows, its own minor unless it emulates an older one: later versions mean that. */
  readonly newest: number;
}

const registries = new Map<number, CheckRegistry>();

/** The checks of the Pod Security Standards in the code of a server of that minor. */
export function standardsOf(minor: number): CheckRegistry {
  let registry = registries.get(minor);
  if (registry === undefined) registries.set(minor, (registry = makeCheckRegistry(checksOfServer(minor))));
  return registry;
}

/**
 * Every check of a level over a pod, in the order in which the server runs them; none for privileged. Mirrors EvaluatePod of policy/registry.go of pod-security-admission, v0.37.
 */
export function runChecks(
  { level, version }: LevelVersion,
  pod: CheckedPod,
  { minor, newest }: ServerEdition,
): readonly CheckOutcome[] {
  if (level === 'privileged') return [];
  return standardsOf(minor)
    .checksAt(level, policyMinor(version, newest))
    .map(({ id, checkPod }) => {
      const forbidden = checkPod(pod);
      return { check: id, violation: forbidden === undefined ? undefined : { check: id, ...forbidden } };
    });
}

/** What a level has against a pod; nothing where it allows it. */
export function violationsOf(level: LevelVersion, pod: CheckedPod, edition: ServerEdition): readonly Violation[] {
  return runChecks(level, pod, edition).flatMap(({ violation }) => violation ?? []);
}

/** `baseline:v1.30`, as messages and annotations spell it. */
export function formatLevelVersion({ level, version }: LevelVersion): string {
  return `${level}:${version}`;
}

/** The reasons alone: `host namespaces, privileged`. */
export function shortReasons(violations: readonly Violation[]): string {
  return violations.map(({ reason }) => reason).join(', ');
}

/** The reasons with their details: `host namespaces (hostPID=true), privileged (...)`. */
export function longReasons(violations: readonly Violation[]): string {
  return violations.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`)).join(', ');
}
