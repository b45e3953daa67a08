import { defineRule } from '../../src/lint/rule.ts';

/** A binding without the policy or the parameters that it names. Mirrors CollectParams of plugin/policy/generic of apiserver, v1.37. */
export const rule = defineRule({
  id: 'admission/policy-binding-broken',
  summary: 'Bindings of admission policies name a policy and parameters that exist',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['admission'],
  scope: 'object',
  kinds: ['admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding'],
  needs: ['admissionPolicies'],
  messages: {
    policy: 'binding `{name}` names policy `{policy}`, which does not exist in these manifests, so it has no effect',
    unnamed: 'policy `{policy}` reads parameters of kind {kind}, and binding `{name}` names none: `params` is null',
    unread: 'binding `{name}` names parameters, and policy `{policy}` has no paramKind: they are not read',
    refusing:
      'no {kind} of these manifests is a parameter of binding `{name}`: every request that it matches is refused',
    skipped: 'no {kind} of these manifests is a parameter of binding `{name}`, so it checks nothing',
  },
  when: ({ facts: { admissionPolicies } }) => admissionPolicies.areServed,
  *find(object, { facts: { admissionPolicies } }) {
    for (const problem of admissionPolicies.problemsOf(object)) {
      if (problem.is === 'unknown-policy') {
        const { path, policy } = problem;
        const [on, kind, group] = ['absence', 'ValidatingAdmissionPolicy', object.group] as const;
        yield { is: 'policy', at: { object, path }, object, policy, restsOn: [{ on, kind, group }] };
      } else if (problem.is === 'no-param-ref') {
        const { path, policy, kind } = problem;
        yield { is: 'unnamed', at: { object, path, at: 'key' }, object, policy, kind };
      } else if (problem.is === 'unread-params') {
        const { path, policy } = problem;
        yield { is: 'unread', at: { object, path, at: 'key' }, object, policy };
      } else if (problem.is === 'missing-params') {
        const { path, kind, denies } = problem;
        const restsOn = [{ on: 'absence', kind }] as const;
        yield { is: denies ? 'refusing' : 'skipped', at: { object, path, at: 'key' }, object, kind, restsOn };
      }
    }
  },
  say: {
    policy: ({ object: { name }, policy }) => ({ name, policy, hint: 'correct `policyName`, or add the policy' }),
    unnamed: ({ object: { name }, policy, kind }) => ({ name, policy, kind, hint: 'set `paramRef`' }),
    unread: ({ object: { name }, policy }) => ({
      name,
      policy,
      hint: 'remove `paramRef`, or set `paramKind` in the policy',
    }),
    refusing: ({ object: { name }, kind }) => ({ name, kind, hint: parameters }),
    skipped: ({ object: { name }, kind }) => ({ name, kind, hint: parameters }),
  },
});

const parameters = 'correct `paramRef`, or add the object that holds the parameters';
