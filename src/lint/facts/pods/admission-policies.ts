import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { podsOf } from '../../../cluster/pods/pods-of.ts';
import {
  arePoliciesAsked,
  policyRefusalOfObject,
  policyRefusalOfPod,
} from '../../../engines/admission/policy-refusals.ts';
import type { GateVerdict } from '../../../engines/admission/chain.ts';
import type { Reason } from '../../../engines/verdict.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { once } from '../../../lang/once.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { FactContext } from '../fact-context.ts';

/** What a ValidatingAdmissionPolicy refuses. */
export interface PolicyRefusal {
  /** Undefined for the object itself. */
  readonly source: PodSource | undefined;
  /** The server's words. */
  readonly message: string;
  /** The expression that decided, then the binding; the same of further policies. */
  readonly because: readonly Reason[];
}

/** What ValidatingAdmissionPolicies make of the tree. */
export interface AdmissionPolicyFacts {
  /** Whether there are any that are in force. */
  readonly areAsked: boolean;
  /** What they refuse of a manifest: itself, and the pods that it leads to. */
  refusalsOf(object: ManifestObject): readonly PolicyRefusal[];
}

/** Answers by the plugin ValidatingAdmissionPolicy. */
export function admissionPolicyFacts({ cluster }: FactContext): AdmissionPolicyFacts {
  const areAsked = once(() => arePoliciesAsked(cluster));
  const pods = once(() => groupBy(podsOf(cluster), ({ owner }) => owner));
  return {
    get areAsked() {
      return areAsked();
    },
    refusalsOf: (object) => [
      ...told(undefined, policyRefusalOfObject(cluster, object)),
      ...(pods().get(object) ?? []).flatMap((source) => told(source, policyRefusalOfPod(cluster, source))),
    ],
  };
}

function told(source: PodSource | undefined, gate: GateVerdict | undefined): readonly PolicyRefusal[] {
  if (gate?.rejection === undefined) return [];
  const { message, because } = gate.rejection;
  return [{ source, message, because }];
}
