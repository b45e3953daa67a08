import type { Cluster } from '../../cluster/index/cluster.ts';
import type { PolicyRule, Subject } from '../../model/kinds/rbac.ts';
import { unknownValues } from '../../model/unknown-values.ts';
import { type FieldPath, formatFieldPath } from '../../text/tree.ts';
import { isUnknownText } from '../../text/unknown-text.ts';
import type { Assumption } from '../verdict.ts';
import type { Action, Attributes } from './attributes.ts';
import { type Grant, grantsOf } from './grants.ts';
import { accountOf, authenticatedGroups, holderOf } from './membership.ts';
import { ruleAllows } from './rule-allows.ts';

/**
 * The values that are encrypted or filled in later and on which it depends whether an action is allowed: to the user that is named, or to
 * anybody else than those who may do it for certain. Each is an assumption, that it allows nothing.
 */
export function unknownGrants(
  cluster: Cluster,
  action: Action,
  asker?: Pick<Attributes, 'user' | 'groups'>,
): readonly Assumption[] {
  return grantsOf(cluster).all.flatMap((grant) => {
    const { binding, role } = grant;
    const mayBeHere =
      binding.kind === 'ClusterRoleBinding' ||
      (action.nonResourceURL === undefined &&
        (binding.namespace === action.namespace ||
          (isUnknownText(binding.namespace) && (action.namespace ?? '') !== '')));
    if (!mayBeHere || !mayAllow(grant, action)) return [];
    if (asker !== undefined && !binding.subjects.some((subject) => mayMean(subject, binding.namespace, asker)))
      return [];
    const ofRole = role === undefined ? [] : [{ object: role.object, fields: ['rules'] }];
    const [first] = [{ object: binding.object, fields: ['namespace', 'roleRef', 'subjects'] }, ...ofRole].flatMap(
      ({ object, fields }) => ('implicit' in object ? [] : placesIn(object, fields)),
    );
    return first === undefined ? [] : [first];
  });
}

function placesIn(object: Parameters<typeof unknownValues>[0], fields: readonly string[]): Assumption[] {
  const { kind, name } = object;
  return unknownValues(object)
    .filter(({ path }) => fields.includes(fieldOf(path)))
    .map(({ path }) => ({
      sentence: `the value of \`${formatFieldPath(path)}\` of ${kind} \`${name}\` is not known`,
      decide: 'put values in place of the variables first',
    }));
}

/** The field of an object, or of its metadata. */
function fieldOf([first, second]: FieldPath): string {
  return String(first === 'metadata' ? second : first);
}

/** Whether a grant allows an action, if what is not known is what the action asks for. */
function mayAllow({ binding, role, rules }: Grant, action: Action): boolean {
  if (role === undefined) return isUnknownText(binding.roleRef.name);
  return rules.some(({ rule }) => ruleAllows(opened(rule), action));
}

/** A rule in which what is not known stands for everything. */
function opened(rule: PolicyRule): PolicyRule {
  const { resourceNames, verbs, apiGroups, resources, nonResourceURLs } = rule;
  const open = (items: readonly string[] = []): readonly string[] =>
    items.map((item) => (isUnknownText(item) ? '*' : item));
  return {
    verbs: open(verbs),
    apiGroups: open(apiGroups),
    resources: open(resources),
    nonResourceURLs: open(nonResourceURLs),
    ...(resourceNames === undefined || resourceNames.some(isUnknownText) ? {} : { resourceNames }),
  };
}

/** Whether a subject means a user, if what is not known is what it takes. */
function mayMean(
  subject: Required<Subject>,
  home: string,
  { user, groups = authenticatedGroups(user) }: Pick<Attributes, 'user' | 'groups'>,
): boolean {
  const { kind, name } = subject;
  const namespace = subject.namespace === '' ? home : subject.namespace;
  if (kind === 'ServiceAccount' && (isUnknownText(name) || isUnknownText(namespace))) {
    const account = accountOf(user);
    const fits = (text: string, asked: string): boolean => isUnknownText(text) || text === asked;
    return account !== undefined && fits(name, account.name) && fits(namespace, account.namespace);
  }
  if (isUnknownText(name)) return kind === 'User' || kind === 'Group';
  const holder = holderOf(subject, home);
  return holder !== undefined && (holder.kind === 'User' ? holder.name === user : groups.includes(holder.name));
}
