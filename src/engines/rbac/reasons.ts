import type { RoleRule } from '../../cluster/stored/aggregated-rules.ts';
import { goQuote } from '../../lang/go-quote.ts';
import type { PolicyRule, Subject } from '../../model/kinds/rbac.ts';
import type { Assumption, Reason } from '../verdict.ts';
import type { AppliedGrant, Grant } from './grants.ts';

/** A grant in the server's words: `RoleBinding "b/team-a" of Role "reader" to User "alice"`. Mirrors the describers of pkg/registry/rbac/validation/rule.go, v1.24. */
export function describeGrant({ grant: { binding }, subject }: AppliedGrant): string {
  const name = binding.kind === 'RoleBinding' ? `${binding.name}/${binding.namespace}` : binding.name;
  const role = `${binding.roleRef.kind} ${goQuote(binding.roleRef.name)}`;
  const to = binding.subjects[subject];
  return `${binding.kind} ${goQuote(name)} of ${role} to ${to === undefined ? '' : serverSubject(to, binding.namespace)}`;
}

function serverSubject({ kind, name, namespace }: Required<Subject>, home: string): string {
  return `${kind} ${goQuote(kind === 'ServiceAccount' ? `${name}/${namespace === '' ? home : namespace}` : name)}`;
}

/** The places that an allowing rule comes from: the subject in the binding, the rule in its role, and how it got into the granted role. */
export function allowReasons(applied: AppliedGrant, rule: RoleRule): Reason[] {
  const { role } = applied.grant;
  const reasons = [bindingReason(applied), ruleReason(rule)];
  if (role !== undefined && role !== rule.writtenIn) {
    const sentence = `takes in the rules of ClusterRole ${rule.writtenIn.name}`;
    reasons.push({ object: role.object, path: ['aggregationRule'], sentence });
  }
  return reasons;
}

/** Where a binding names its subject. */
export function bindingReason({ grant: { binding }, subject }: AppliedGrant): Reason {
  const { kind, name } = binding.roleRef;
  const to = binding.subjects[subject];
  const who = to === undefined ? '' : describeSubject(to, binding.namespace);
  return { object: binding.object, path: ['subjects', subject], sentence: `grants ${kind} ${name} to ${who}` };
}

/** Where a rule stands. */
export function ruleReason({ rule, writtenIn, index }: RoleRule): Reason {
  return { object: writtenIn.object, path: ['rules', index], sentence: describeRule(rule) };
}

/** Where a binding names a role that does not exist. */
export function danglingReason({ binding }: Grant): Reason {
  const { kind, name } = binding.roleRef;
  return {
    object: binding.object,
    path: ['roleRef', 'name'],
    sentence: `grants ${kind} ${name}, which does not exist`,
  };
}

/** A subject in a person's words: `user alice`, `group developers`, `service account default/builder`. */
export function describeSubject({ kind, name, namespace }: Required<Subject>, home: string): string {
  if (kind === 'ServiceAccount') return `service account ${namespace === '' ? home : namespace}/${name}`;
  return `${kind.toLowerCase()} ${name}`;
}

/** A rule in a person's words: `allows get, list of pods, deployments.apps named web`. */
export function describeRule(rule: PolicyRule): string {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const what = verbs.includes('*') ? 'everything' : verbs.join(', ');
  if (nonResourceURLs.length > 0) return `allows ${what} on ${nonResourceURLs.join(', ')}`;
  const groups = apiGroups.filter((group) => group !== '');
  const things = resources.includes('*') ? 'all resources' : resources.join(', ');
  const where =
    groups.includes('*') || groups.length === 0 ? '' : ` of ${apiGroups.map((g) => g || 'core').join(', ')}`;
  const names = resourceNames.length === 0 ? '' : ` named ${resourceNames.join(', ')}`;
  return `allows ${what} on ${things}${where}${names}`;
}

/** What an answer takes for granted when it rests on objects that no manifest holds. */
export function bootstrapAssumptions({ binding, role }: Grant, { writtenIn }: RoleRule): Assumption[] {
  for (const { object } of [binding, role ?? writtenIn, writtenIn]) {
    if (!('implicit' in object)) continue;
    return [
      {
        sentence: `${object.kind} ${object.name} is as Kubernetes made it (${object.origin})`,
        decide: `add the manifest of ${object.kind} ${object.name}, or set bootstrapRBAC to false`,
      },
    ];
  }
  return [];
}
