import { defineRule } from '../../src/lint/rule.ts';

/** An object that the validation of the API server refuses, in its words. Asks what the server makes of a new object, src/cluster/stored/write. */
export const rule = defineRule({
  id: 'meta/invalid',
  summary: 'The API server of the target version accepts every object',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta'],
  restsOn: ['field', 'placement'],
  scope: 'object',
  needs: ['problems'],
  messages: {
    refused: '{message}',
  },
  *find(object, { facts: { problems } }) {
    const answer = problems.invalid(object);
    const first = answer?.causes[0];
    if (answer === undefined || first === undefined) return;
    const restsOn = first.path.at(-1) === 'namespace' ? (['namespace-as-built'] as const) : [];
    yield { is: 'refused', at: { object, path: first.path }, restsOn, message: answer.message };
  },
  say: {
    refused: ({ message }) => ({
      message,
      hint: 'correct the field; until then, the object is not created',
    }),
  },
});
