import { defineRule } from '../../src/lint/rule.ts';

/** Objects of kinds that their group does not have; from the model room. Custom kinds without a definition are counted in the footer. */
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
  },
  say: {
    problem: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
    foreign: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
  },
});
