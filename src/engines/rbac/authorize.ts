import type { RoleRule } from '../../cluster/stored/aggregated-rules.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { aggregateMessages } from '../../cluster/index/field-error.ts';
import type { Step, Verdict } from '../verdict.ts';
import type { Attributes } from './attributes.ts';
import { type AppliedGrant, type Grants, grantsOf } from './grants.ts';
import { authenticatedGroups } from './membership.ts';
import { ruleAllows } from './rule-allows.ts';
import {
  allowReasons,
  bindingReason,
  bootstrapAssumptions,
  danglingReason,
  describeGrant,
  ruleReason,
} from './reasons.ts';

/** How to ask the authorizer. */
export interface AuthorizeOptions {
  /**
   * Groups whose members may do everything before RBAC is asked. A whole API server has `system:masters`; its admission plugins ask
   * an authorizer without any. None when absent.
   */
  readonly privilegedGroups?: readonly string[];
  /** Fill the verdict's `steps` with every binding that applies to the user. */
  readonly trace?: boolean;
}

/** `deny` is RBAC's "no opinion", which denies where nothing else is asked. */
export type AuthorizationVerdict = Verdict<'allow' | 'deny'>;

/**
 * Whether a user may do something, and through which binding and role. `message` is the reason that a SubjectAccessReview shows: empty
 * for a plain denial and for members of privileged groups. Mirrors plugin/pkg/auth/authorizer/rbac Authorize, v1.24.
 */
export function authorize(
  cluster: Cluster,
  attributes: Attributes,
  { privilegedGroups = [], trace = false }: AuthorizeOptions = {},
): AuthorizationVerdict {
  const groups = attributes.groups ?? authenticatedGroups(attributes.user);
  const privileged = groups.find((group) => privilegedGroups.includes(group));
  if (privileged !== undefined) {
    const steps: Step[] = [{ sentence: `group ${privileged} may do everything`, outcome: 'passed' }];
    return { decision: 'allow', message: '', because: [], steps: trace ? steps : [], assumptions: [] };
  }
  const grants = applyingGrants(grantsOf(cluster), attributes, groups);
  const steps = trace ? grants.flat().map((applied) => stepOf(applied, attributes)) : [];
  const found = firstAllowing(grants, attributes);
  if (found === undefined) return denial(grants, steps);
  const { applied, rule } = found;
  return {
    decision: 'allow',
    message: `RBAC: allowed by ${describeGrant(applied)}`,
    because: allowReasons(applied, rule),
    steps,
    assumptions: bootstrapAssumptions(applied.grant, rule),
  };
}

/** `authorize` without its reasons: whether a user may do something. */
export function allows(cluster: Cluster, attributes: Attributes): boolean {
  const groups = attributes.groups ?? authenticatedGroups(attributes.user);
  return firstAllowing(applyingGrants(grantsOf(cluster), attributes, groups), attributes) !== undefined;
}

/** The grants that may be used for an action, in the order in which the server visits them. */
function applyingGrants(
  grants: Grants,
  { user, namespace = '', nonResourceURL = '' }: Attributes,
  groups: readonly string[],
): (readonly AppliedGrant[])[] {
  const everywhere = grants.everywhere.appliedTo(user, groups);
  if (namespace === '' || nonResourceURL !== '') return [everywhere];
  return [everywhere, grants.inNamespace(namespace).appliedTo(user, groups)];
}

function firstAllowing(
  grants: readonly (readonly AppliedGrant[])[],
  action: Attributes,
): { readonly applied: AppliedGrant; readonly rule: RoleRule } | undefined {
  for (const list of grants) {
    for (const applied of list) {
      for (const rule of applied.grant.rules) if (ruleAllows(rule.rule, action)) return { applied, rule };
    }
  }
  return undefined;
}

/** A denial names the roles that its bindings look for in vain, since one of them might have allowed the action. */
function denial(grants: readonly (readonly AppliedGrant[])[], steps: readonly Step[]): AuthorizationVerdict {
  const dangling = grants.flatMap((list) => list.filter(({ grant }) => grant.role === undefined));
  const errors = aggregateMessages(dangling.map(({ grant }) => grant.error));
  return {
    decision: 'deny',
    message: errors === '' ? '' : `RBAC: ${errors}`,
    because: dangling.map(({ grant }) => danglingReason(grant)),
    steps,
    assumptions: [],
  };
}

function stepOf(applied: AppliedGrant, action: Attributes): Step {
  const { grant } = applied;
  if (grant.role === undefined) return { ...danglingReason(grant), outcome: 'failed' };
  const allowing = grant.rules.find(({ rule }) => ruleAllows(rule, action));
  if (allowing === undefined) return { ...bindingReason(applied), outcome: 'failed' };
  return { ...bindingReason(applied), outcome: 'passed', steps: [{ ...ruleReason(allowing), outcome: 'passed' }] };
}
