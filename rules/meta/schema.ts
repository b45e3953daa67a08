import { defineRule } from '../../src/lint/rule.ts';

/** A value of the wrong type, which the server rejects or drops, and objects that fail validation; the server's errors, from model and cluster. */
export const rule = defineRule({
  id: 'meta/schema',
  summary: 'Every object matches the schema of its kind in the target version',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta'],
  restsOn: [],
  scope: 'tree',
  needs: ['problems'],
  messages: {
    problem: '{message}',
    refused: '{message}',
  },
  *find(_cluster, { facts: { problems } }) {
    for (const problem of problems.of('schema')) yield { is: 'problem', at: problem.place, problem };
    for (const { object, message, errors } of problems.refused) {
      const [first] = errors;
      // An object whose kind is not served has no wrong field; api-version reports it.
      if (first === undefined) continue;
      yield {
        is: 'refused',
        at: { object, path: first.path },
        restsOn: [{ on: 'placement', object }],
        message,
      };
    }
  },
  say: {
    problem: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
    refused: ({ message }) => ({ message }),
  },
});
