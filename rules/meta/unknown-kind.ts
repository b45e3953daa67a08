import { defineRule } from '../../src/lint/rule.ts';

/** Objects whose kind has no known schema, so that their fields are not checked; from the model room. */
export const rule = defineRule({
  id: 'meta/unknown-kind',
  summary: 'Every object has a known kind',
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
    // Nothing resembles it: it may be a custom kind with a wrong group.
    foreign: { level: 'warning', text: '{message}' },
    custom: { level: 'info', text: '{count} of `{apiVersion}` `{kind}` cannot be checked against a schema: {why}' },
  },
  *find(_cluster, { facts: { problems } }) {
    // meta/api-version reports a wrong version of an existing kind.
    const said = new Set(problems.of('api-version').map(({ message }) => message));
    for (const problem of problems.of('unknown-kind')) {
      if (said.has(problem.message)) continue;
      said.add(problem.message);
      if (problem.detail.atMost === 'warning') yield { is: 'foreign', at: problem.place, problem };
      else yield { is: 'problem', at: problem.place, problem };
    }
    for (const kind of problems.unjudged) {
      if (said.has(`no matches for kind "${kind.kind}" in version "${kind.apiVersion}"`)) continue;
      yield { is: 'custom', at: { object: kind.first, path: ['kind'] }, unjudged: kind };
    }
  },
  say: {
    problem: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
    foreign: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
    custom: ({ unjudged: { objects, apiVersion, kind, defined } }) => ({
      count: objects === 1 ? 'an object' : `${String(objects)} objects`,
      apiVersion,
      kind,
      why: REASONS[defined],
    }),
  },
});

const REASONS = {
  nowhere: 'no CustomResourceDefinition in the manifests defines the kind',
  elsewhere: 'its CustomResourceDefinition belongs to another cluster of the tree',
  'without-schema': 'its CustomResourceDefinition has no schema, or contradicts another one',
};
