import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { Truth } from '../../../lang/truth.ts';
import type { MatchResources, NamedExpression } from '../../../model/kinds/admission-policy.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { Asked } from '../policies/match-request.ts';
import type { PolicyRequest } from '../policies/policy-request.ts';
import type { AdmissionAttributes, PluginOutcome } from '../request/plugin.ts';
import { judgeByPolicies } from './judge-by-policies.ts';
import { matchesResources } from './matches-resources.ts';
import { meetsConditions } from './meets-conditions.ts';
import { policiesAbout } from './policies-about.ts';
import { type PolicyProblem, policyProblems } from './policy-problems.ts';

/** What the rest of the code asks of policies written in CEL. */
export interface PolicyDoor {
  /** What ValidatingAdmissionPolicies make of a request. */
  readonly judge: (cluster: Cluster, attributes: AdmissionAttributes) => PluginOutcome;
  /** Whether a policy in force may look at requests about a resource. */
  readonly isAbout: (cluster: Cluster, asked: Asked) => boolean;
  /** What keeps a policy or a binding from doing what it says. */
  readonly problemsOf: (cluster: Cluster, object: ManifestObject) => readonly PolicyProblem[];
  /** Whether rules and the selector of objects take a request. */
  readonly matchesResources: (cluster: Cluster, resources: MatchResources, request: PolicyRequest) => boolean;
  /** Whether a request meets match conditions. */
  readonly meetsConditions: (cluster: Cluster, conditions: readonly NamedExpression[], request: PolicyRequest) => Truth;
}

/**
 * The only way to the language of expressions and to all that is evaluated in it: a tree without such policies needs none of that code, so that it can be
 * loaded when it is first asked for.
 */
export const policyDoor: PolicyDoor = {
  judge: judgeByPolicies,
  isAbout: (cluster, asked) => policiesAbout(cluster, asked).length > 0,
  problemsOf: policyProblems,
  matchesResources,
  meetsConditions,
};
