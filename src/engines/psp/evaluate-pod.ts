import { type ServerPod } from '../../cluster/defaults/server-pod.ts';
import type { Provider, UnusablePolicy } from './compile-policy.ts';
import { mutatePod } from './mutate-pod.ts';
import type { AuthorizedBy } from './policy-use.ts';
import type { PolicyError } from './strategies/policy-error.ts';
import { validatePod } from './validate-pod.ts';

/** What one policy makes of a pod, whether or not it may be used. */
export interface PolicyTrial {
  readonly policy: Provider | UnusablePolicy;
  readonly name: string;
  /** Asked when first read. */
  readonly authorizedBy: AuthorizedBy;
  /** The policy's defaults change the pod. */
  readonly mutates: boolean;
  /** Why it refuses the pod, as its defaults leave it; empty when it admits it. */
  readonly errors: readonly PolicyError[];
  /** Why the policy is skipped; '' for one that can be used. */
  readonly providerError: string;
  /** The pod as the plugin met it. */
  readonly original: ServerPod;
  /** The pod with the policy's defaults. */
  readonly pod: ServerPod;
}

/** The plugin's choice among the policies of a cluster. */
export interface Evaluation {
  /** All policies in the order in which they are tried; judged when first read. */
  readonly trials: readonly PolicyTrial[];
  /** The policy that admits the pod; undefined when none does. */
  readonly chosen: PolicyTrial | undefined;
  /** There is no policy that can be used at all. */
  readonly withoutProviders: boolean;
}

export interface EvaluationOptions {
  /** Whether a policy may change the pod: on creation, before it is stored. */
  readonly mayMutate: boolean;
  /** The policy to try first, where nothing may be changed: the one that admitted the pod before. */
  readonly hint: string;
  readonly authorizedBy: (policy: string) => AuthorizedBy;
}

/**
 * Tries the policies, given in byte order of their names. A policy that admits the pod as it is beats all that must change it; within each
 * of the two the first wins. Mirrors computeSecurityContext of plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export function evaluatePod(
  policies: readonly (Provider | UnusablePolicy)[],
  pod: ServerPod,
  { mayMutate, hint, authorizedBy }: EvaluationOptions,
): Evaluation {
  const ordered = mayMutate ? policies : hintFirst(policies, hint);
  const trials = ordered.map((policy) => new Trial(policy, pod, authorizedBy));
  let mutating: PolicyTrial | undefined;
  let usable = false;
  for (const trial of trials) {
    if (trial.providerError !== '') continue;
    usable = true;
    // Upstream asks last who may use it; the answer is the same, and here it is the cheapest of the three.
    if (trial.authorizedBy === '') continue;
    if (trial.mutates && (!mayMutate || mutating !== undefined)) continue;
    if (trial.errors.length > 0) continue;
    if (!trial.mutates) return { trials, chosen: trial, withoutProviders: false };
    mutating = trial;
  }
  return { trials, chosen: mutating, withoutProviders: !usable };
}

function hintFirst<T extends { readonly name: string }>(policies: readonly T[], hint: string): readonly T[] {
  const index = policies.findIndex(({ name }) => name === hint);
  const first = policies[index];
  if (first === undefined || index === 0) return policies;
  return [first, ...policies.slice(0, index), ...policies.slice(index + 1)];
}

/** A trial that does its work when asked: most policies' errors are never shown. */
class Trial implements PolicyTrial {
  readonly policy: Provider | UnusablePolicy;
  readonly original: ServerPod;
  private readonly ask: (policy: string) => AuthorizedBy;
  private mutated: ServerPod | undefined;
  private found: readonly PolicyError[] | undefined;
  private authorized: AuthorizedBy | undefined;

  constructor(policy: Provider | UnusablePolicy, pod: ServerPod, ask: (policy: string) => AuthorizedBy) {
    this.policy = policy;
    this.original = pod;
    this.ask = ask;
  }

  get name(): string {
    return this.policy.name;
  }

  get providerError(): string {
    return 'providerError' in this.policy ? this.policy.providerError : '';
  }

  get authorizedBy(): AuthorizedBy {
    return (this.authorized ??= this.ask(this.policy.name));
  }

  get pod(): ServerPod {
    return (this.mutated ??= 'providerError' in this.policy ? this.original : mutatePod(this.policy, this.original));
  }

  get mutates(): boolean {
    return this.pod !== this.original;
  }

  get errors(): readonly PolicyError[] {
    return (this.found ??= 'providerError' in this.policy ? [] : validatePod(this.policy, this.pod));
  }
}
