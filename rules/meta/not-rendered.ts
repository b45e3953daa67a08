import { defineCheckRule } from '../../src/lint/rule.ts';

/** A file that only becomes manifests once a template engine has run, said once for each file; from the text room. */
export const rule = defineCheckRule({
  id: 'meta/not-rendered',
  summary: 'Templates are rendered before they are linted',
  severity: 'warning',
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
    const said = new Set<unknown>();
    for (const { file, place, message, detail } of facts.problems.of('not-rendered')) {
      if (said.has(file)) continue;
      said.add(file);
      report(place, 'problem', { message }, detail);
    }
  },
});
