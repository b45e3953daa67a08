import { defineCheckRule } from '../../src/lint/rule.ts';

/** A document that kubectl could not turn into JSON, with what its reader says; from the text room. */
export const rule = defineCheckRule({
  id: 'meta/parse',
  summary: 'Every document can be read',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta'],
  scope: 'tree',
  needs: ['problems'],
  messages: {
    problem: '{message}',
  },
  check(_cluster, { facts, report }) {
    for (const kind of ['parse', 'unreadable']) {
      for (const { place, message, detail } of facts.problems.of(kind)) report(place, 'problem', { message }, detail);
    }
  },
});
