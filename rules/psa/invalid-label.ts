import { defineRule } from '../../src/lint/rule.ts';

/** A Namespace with a Pod Security label whose value is not a level or version. Mirrors ValidateNamespace of pod-security-admission, v0.23 to v0.37. */
export const rule = defineRule({
  id: 'psa/invalid-label',
  summary: 'Every Pod Security label of a Namespace has a valid value',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  scope: 'namespace',
  needs: ['psa'],
  messages: {
    refused: 'namespace `{namespace}` will be refused: {reason}',
  },
  find({ name }, { facts: { psa } }) {
    const { object, errors: [first] = [], refusal = '' } = psa.namespace(name) ?? {};
    if (!psa.state.value || object === undefined || first === undefined || refusal === '') return [];
    return [{ is: 'refused', at: { object, path: first.path }, name, refusal }];
  },
  say: {
    refused: ({ name, refusal }) => ({
      namespace: name,
      reason: refusal,
      hint: 'use `privileged`, `baseline` or `restricted` as a level, `latest` or a minor such as `v1.25` as a version',
    }),
  },
});
