import type { RoleRule } from '../../cluster/stored/aggregated-rules.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { aggregateMessages } from '../../cluster/index/field-error.ts';
import { MASTERS_GROUP } from '../../cluster/index/system-users.ts';
import { RBAC_GROUP } from '../../cluster/stored/stored-rbac.ts';
import type { Subject } from '../../model/kinds/rbac.ts';
import type { Reason } from '../verdict.ts';
import type { Action } from './attributes.ts';
import { type Grant, grantsOf } from './grants.ts';
import { holderOf } from './membership.ts';
import { allowReasons } from './reasons.ts';
import { ruleAllows } from './rule-allows.ts';

/** Who may do something. */
export interface WhoCan {
  /** The server's own list: `system:masters`, then the subjects of each binding that allows it, repeated where several bindings name them. */
  readonly subjects: readonly Required<Subject>[];
  /** What the server says about roles that do not exist; '' when all do. */
  readonly error: string;
  /** The same for people: each subject once, with everything that allows it; without `system:masters`. */
  readonly grantees: readonly Grantee[];
}

/** A subject that may do something: namespace settled, as `User`, `Group` or `ServiceAccount`. */
export interface Grantee {
  readonly kind: string;
  readonly name: string;
  /** Of a ServiceAccount; else ''. */
  readonly namespace: string;
  /** For each binding that gives it: the binding, the rule, and for aggregated rules the role that took it in. */
  readonly because: readonly (readonly Reason[])[];
}

const MASTERS: Required<Subject> = { kind: 'Group', apiGroup: RBAC_GROUP, name: MASTERS_GROUP, namespace: '' };

/** The subjects that may do something. Mirrors plugin/pkg/auth/authorizer/rbac SubjectAccessEvaluator.AllowedSubjects, v1.24. */
export function whoCan(cluster: Cluster, action: Action): WhoCan {
  const { namespace = '', nonResourceURL = '' } = action;
  const grants = grantsOf(cluster);
  const visited = [...grants.everywhere.grants];
  if (namespace !== '' && nonResourceURL === '') visited.push(...grants.inNamespace(namespace).grants);
  const subjects = [MASTERS];
  const errors: string[] = [];
  const grantees = new Map<string, Grantee & { because: Reason[][] }>();
  for (const grant of visited) {
    if (grant.error !== '') errors.push(grant.error);
    const rule = grant.rules.find((candidate) => ruleAllows(candidate.rule, action));
    if (rule === undefined) continue;
    subjects.push(...grant.binding.subjects);
    addGrantees(grantees, grant, rule);
  }
  return { subjects, error: aggregateMessages(errors), grantees: [...grantees.values()] };
}

function addGrantees(grantees: Map<string, Grantee & { because: Reason[][] }>, grant: Grant, rule: RoleRule): void {
  for (const [index, subject] of grant.binding.subjects.entries()) {
    const isAccount = subject.kind === 'ServiceAccount';
    const namespace = isAccount ? subject.namespace || grant.binding.namespace : '';
    // A user spelled as an account is that account.
    const { kind, name } = holderOf(subject, grant.binding.namespace) ?? subject;
    const key = `${kind} ${name}`;
    const because = allowReasons({ grant, subject: index }, rule);
    const grantee = grantees.get(key);
    if (grantee === undefined) {
      grantees.set(key, { kind: subject.kind, name: subject.name, namespace, because: [because] });
    } else grantee.because.push(because);
  }
}
