import { defineRule } from '../../src/lint/rule.ts';

/** A ValidatingAdmissionPolicy, or a binding, that looks at no request. Mirrors plugin/policy/generic and plugin/policy/matching of apiserver, v1.37. */
export const rule = defineRule({
  id: 'admission/policy-never-applies',
  summary: 'Every admission policy has a binding and matches requests',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['admission'],
  scope: 'object',
  kinds: [
    'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
    'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  ],
  needs: ['admissionPolicies', 'cluster'],
  messages: {
    unbound: '{kind} `{name}` has no binding in these manifests, so it checks nothing',
    unserved: 'Kubernetes {version} serves none of the resources that {kind} `{name}` matches: {resources}',
    namespace: {
      level: 'info',
      text: 'the namespaceSelector of {kind} `{name}` matches no namespace of these manifests',
    },
  },
  when: ({ facts: { admissionPolicies } }) => admissionPolicies.areServed,
  *find(object, { facts: { admissionPolicies } }) {
    for (const problem of admissionPolicies.problemsOf(object)) {
      const { is } = problem;
      if (is === 'unbound') {
        const [on, kind, group] = ['absence', 'ValidatingAdmissionPolicyBinding', object.group] as const;
        yield { is: 'unbound', at: object, object, restsOn: [{ on, kind, group }] };
      } else if (is === 'unserved')
        yield { is: 'unserved', at: { object, path: problem.path, at: 'key' }, object, resources: problem.resources };
      else if (is === 'no-namespace')
        yield { is: 'namespace', at: { object, path: problem.path, at: 'key' }, object, restsOn: ['namespaces'] };
    }
  },
  say: {
    unbound: ({ object: { kind, name } }) => ({
      kind,
      name,
      hint: 'add a ValidatingAdmissionPolicyBinding with this `policyName`',
    }),
    unserved: ({ object: { kind, name }, resources }, { facts: { cluster } }) => ({
      kind,
      name,
      version: `1.${cluster.cluster.version.value.minor}`,
      resources: resources.map((each) => `\`${each}\``).join(', '),
      hint: 'name API group, version and plural resource as the server serves them, or add the CustomResourceDefinition',
    }),
    namespace: ({ object: { kind, name } }) => ({
      kind,
      name,
      hint: 'correct the labels, or label the namespaces that are meant',
    }),
  },
});
