import type { Cluster, UserInfo } from '../cluster/index/cluster.ts';
import { MASTERS_GROUP } from '../cluster/index/system-users.ts';
import type { Action } from '../engines/rbac/attributes.ts';
import { impersonatedUser } from '../engines/rbac/membership.ts';
import { authorize } from '../engines/rbac/authorize.ts';
import { accessList } from '../engines/rbac/access-list.ts';
import { type CanIArguments, canIQuestion } from '../engines/rbac/can-i.ts';
import { unknownGrants } from '../engines/rbac/unknown-grants.ts';
import type { Assumption } from '../engines/verdict.ts';
import { nearestGrants } from '../engines/rbac/nearest-grants.ts';
import { ruleReason } from '../engines/rbac/reasons.ts';
import { whoCan as subjectsOf } from '../engines/rbac/who-can.ts';
import { type ReasonValue, reasonValue } from './values/reason-value.ts';
import { UsageError } from './values/usage-error.ts';

export type { CanIArguments };

/** An action and who wants to do it, as `kubectl auth can-i` takes them. */
export interface CanIRequest extends CanIArguments {
  /** A user, or `system:serviceaccount:NAMESPACE:NAME`; absent: the configuration's `creator`. */
  readonly as?: string;
  readonly asGroups?: readonly string[];
}

/** Whether RBAC allows an action. */
export interface CanIValue {
  readonly version: 1;
  readonly allowed: boolean;
  /** Values that are not known, and on which a refusal rests; none where the action is allowed. */
  readonly assumptions: readonly Assumption[];
  /** What the server says about a refusal; may be ''. */
  readonly message: string;
  readonly action: Action;
  readonly user: UserInfo;
  /** The binding and the role that allow it. */
  readonly because: readonly ReasonValue[];
  /** Of a no: the grants and rules that come nearest, and what they lack. */
  readonly nearest: readonly ReasonValue[];
  /** What kubectl would warn of. */
  readonly warnings: readonly string[];
}

/** Who asks, and where: what `can-i --list` takes. */
export interface AccessRequest extends Pick<CanIRequest, 'as' | 'asGroups'> {
  /** '' for what holds in every namespace. */
  readonly namespace: string;
}

/** Everything that a user may do in a namespace, as `kubectl auth can-i --list` shows it. */
export interface AccessValue {
  readonly version: 1;
  readonly user: UserInfo;
  readonly namespace: string;
  readonly rules: readonly AccessRuleValue[];
  /** What the server says about roles that do not exist; absent where all do. */
  readonly error?: string;
}

/** Verbs on one resource, or one verb on one URL. */
export interface AccessRuleValue {
  /** `deployments.apps/scale`; '' beside URLs. */
  readonly resource: string;
  readonly nonResourceURLs: readonly string[];
  /** None stands for every name. */
  readonly resourceNames: readonly string[];
  readonly verbs: readonly string[];
  /** The rules that grant it. */
  readonly because: readonly ReasonValue[];
}

/** What `who-can` answers: what `--format json` prints. Members of `system:masters` can do everything: they bypass RBAC. */
export interface WhoCanValue {
  readonly version: 1;
  readonly action: Action;
  readonly subjects: readonly {
    readonly kind: string;
    readonly name: string;
    /** Of a ServiceAccount. */
    readonly namespace?: string;
    /** For each binding that gives it the right: the binding, then the role. */
    readonly because: readonly (readonly ReasonValue[])[];
  }[];
  /** Values that are not known, and by which others may be allowed. */
  readonly assumptions: readonly Assumption[];
  /** What the server says about roles that do not exist; absent where all do. */
  readonly error?: string;
  /** What kubectl would warn of; absent where there is nothing. */
  readonly warnings?: readonly string[];
}

/**
 * Whether RBAC allows an action, as `kubectl auth can-i` answers.
 * @throws UsageError for an action that does not exist, or where nobody is named who wants to do it.
 */
export function canI(cluster: Cluster, request: CanIRequest): CanIValue {
  const user = userOf(request, cluster.settings.creator);
  const { action, warnings } = questionOf(cluster, request);
  const { name, groups } = user;
  const verdict = authorize(cluster, { ...action, user: name, groups }, { privilegedGroups: [MASTERS_GROUP] });
  const allowed = verdict.decision === 'allow';
  return {
    version: 1,
    allowed,
    assumptions: allowed ? [] : unknownGrants(cluster, action, { user: name, groups }),
    message: verdict.message,
    action,
    user,
    because: verdict.because.map(reasonValue),
    nearest: allowed ? [] : nearestGrants(cluster, { ...action, user: name, groups }).map(reasonValue),
    warnings,
  };
}

/**
 * What a user may do in a namespace.
 * @throws UsageError where nobody is named.
 */
export function listAccess(cluster: Cluster, request: AccessRequest): AccessValue {
  const { namespace } = request;
  const user = userOf(request, cluster.settings.creator);
  const { entries, error } = accessList(cluster, user, namespace);
  return {
    version: 1,
    user,
    namespace,
    rules: entries.map(({ apiGroup, resource, resourceNames, nonResourceURLs, verbs, grantedBy }) => ({
      resource: qualified(resource, apiGroup),
      nonResourceURLs,
      resourceNames,
      verbs,
      because: grantedBy.map((rule) => reasonValue(ruleReason(rule))),
    })),
    ...(error === '' ? {} : { error }),
  };
}

/** `deployments/scale` of `apps` as `deployments.apps/scale`. */
function qualified(resource: string, apiGroup: string): string {
  if (apiGroup === '') return resource;
  const [plural = '', ...subresource] = resource.split('/');
  return [`${plural}.${apiGroup}`, ...subresource].join('/');
}

/**
 * Who may do an action.
 * @throws UsageError for an action that does not exist.
 */
export function whoCan(cluster: Cluster, request: CanIArguments): WhoCanValue {
  const { action, warnings } = questionOf(cluster, request);
  const { grantees, error } = subjectsOf(cluster, action);
  return {
    version: 1,
    action,
    subjects: grantees.map(({ kind, name, namespace, because }) => ({
      kind,
      name,
      ...(namespace === '' ? {} : { namespace }),
      because: because.map((reasons) => reasons.map(reasonValue)),
    })),
    assumptions: unknownGrants(cluster, action),
    ...(error === '' ? {} : { error }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

function questionOf(
  cluster: Cluster,
  request: CanIArguments,
): { readonly action: Action; readonly warnings: readonly string[] } {
  const { action, warnings, error } = canIQuestion(cluster, request);
  if (error !== undefined) throw new UsageError(error);
  return { action, warnings };
}

function userOf({ as, asGroups = [] }: Pick<CanIRequest, 'as' | 'asGroups'>, creator: UserInfo | undefined): UserInfo {
  if (as !== undefined) return impersonatedUser(as, asGroups);
  if (asGroups.length > 0) throw new UsageError('--as-group needs --as');
  if (creator !== undefined) return creator;
  throw new UsageError(
    'nobody is logged in here: say who with --as',
    '--as system:serviceaccount:default:web; or set `creator` in the configuration',
  );
}
