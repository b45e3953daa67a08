import { defineCheckRule } from '../../src/lint/rule.ts';

/** Objects that no schema was found for, so that nothing in them was held to one; from the model room. */
export const rule = defineCheckRule({
  id: 'meta/unknown-kind',
  summary: 'Every object has a kind that is known',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta'],
  scope: 'tree',
  needs: ['problems'],
  messages: {
    problem: '{message}',
    custom: '{count} of `{apiVersion}` `{kind}` held to no schema: {why}',
  },
  check(_cluster, { facts: { problems }, report }) {
    // What is wrong with a version of a kind that exists is said by meta/api-version.
    const said = new Set(problems.of('api-version').map(({ message }) => message));
    for (const { place, message, detail } of problems.of('unknown-kind')) {
      if (said.has(message)) continue;
      said.add(message);
      report(place, 'problem', { message }, detail);
    }
    for (const { apiVersion, kind, objects, first, defined } of problems.unjudged) {
      if (said.has(`no matches for kind "${kind}" in version "${apiVersion}"`)) continue;
      const count = objects === 1 ? 'an object' : `${String(objects)} objects`;
      report(
        { object: first, path: ['kind'] },
        'custom',
        { count, apiVersion, kind, why: REASONS[defined] },
        { atMost: 'info' },
      );
    }
  },
});

const REASONS = {
  nowhere: 'no CustomResourceDefinition of the tree makes that kind',
  elsewhere: 'the CustomResourceDefinition that makes that kind belongs to another cluster of the tree',
  'without-schema': 'the CustomResourceDefinition that makes that kind has none, or is contradicted by another',
};
