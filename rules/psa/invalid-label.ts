import { defineCheckRule } from '../../src/lint/rule.ts';

/** A Namespace with a Pod Security label that names no level or version. Mirrors ValidateNamespace of pod-security-admission, v0.23 to v0.37. */
export const rule = defineCheckRule({
  id: 'psa/invalid-label',
  summary: 'Every Pod Security label of a Namespace names a level or a version',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  scope: 'tree',
  needs: ['psa'],
  messages: {
    refused: 'the namespace `{namespace}` will be refused: {reason}',
  },
  check(_cluster, { facts: { psa }, report }) {
    if (!psa.state.value) return;
    for (const { object, name, errors, refusal } of psa.namespaces) {
      const [first] = errors;
      if (first === undefined || refusal === '') continue;
      report(
        { object, path: first.path },
        'refused',
        { namespace: name, reason: refusal },
        { hint: 'levels are privileged, baseline and restricted; versions are `latest` and `v1.25`' },
      );
    }
  },
});
