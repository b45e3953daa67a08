import { compareBytes } from '../../../lang/byte-order.ts';
import type { CelEnvironment } from '../../../lang/cel/check/environment.ts';
import type { AdmissionPolicy, AdmissionPolicyBinding } from '../../../model/kinds/admission-policy.ts';
import { parseApiVersion } from '../../../model/type-meta.ts';
import { type CompiledPolicy, compilePolicy } from './compile-policy.ts';
import type { GroupVersionKind } from './policy-request.ts';

/** A policy with its bindings; policies without bindings do nothing. */
export interface PolicyHook {
  readonly compiled: CompiledPolicy;
  readonly bindings: readonly AdmissionPolicyBinding[];
  /** The version and the kind of parameters; undefined where there are none. */
  readonly paramKind: GroupVersionKind | undefined;
  /** Whether it is known beforehand that it matches the request as it is. */
  readonly matchesAll?: boolean;
}

/** Compiles policies and joins them with their bindings, both in the order of their names, which the server leaves to chance. */
export function policyHooks(
  policies: readonly AdmissionPolicy[],
  bindings: readonly AdmissionPolicyBinding[],
  base: CelEnvironment,
): readonly PolicyHook[] {
  const byName = (a: { readonly name: string }, b: { readonly name: string }): number => compareBytes(a.name, b.name);
  return policies.toSorted(byName).flatMap((policy): PolicyHook[] => {
    const own = bindings.filter(({ policyName }) => policyName === policy.name);
    const paramKind = paramKindOf(policy);
    if (own.length === 0 || paramKind === 'unreadable') return [];
    return [{ compiled: compilePolicy(policy, base), bindings: own.toSorted(byName), paramKind }];
  });
}

/** The kind of a policy's parameters; undefined where it has none. */
export function paramKindOf({ paramKind }: AdmissionPolicy): GroupVersionKind | 'unreadable' | undefined {
  if (paramKind === undefined) return undefined;
  const { apiVersion, kind } = paramKind;
  const parsed = parseApiVersion(apiVersion);
  return parsed === undefined ? 'unreadable' : { ...parsed, kind };
}
