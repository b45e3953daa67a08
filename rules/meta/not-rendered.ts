import { defineRule } from '../../src/lint/rule.ts';

/** A file that a template engine must render first, reported once for each chart, else once for each directory; from the text room. */
export const rule = defineRule({
  id: 'meta/not-rendered',
  summary: 'Templates are rendered before they are linted',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta'],
  restsOn: [],
  scope: 'tree',
  needs: ['problems'],
  messages: {
    problem: '{message}',
    chart: 'this directory holds {count} templates that were not rendered, this file among them',
  },
  *find(_cluster, { facts: { problems } }) {
    const groups = new Map<string, Map<string, (typeof all)[number]>>();
    const all = problems.of('not-rendered');
    for (const problem of all) {
      const { path } = problem.file;
      const chart = /^(?:.*?\/)?templates\//.exec(path)?.[0] ?? path.slice(0, path.lastIndexOf('/') + 1);
      const files = groups.get(chart);
      if (files === undefined) groups.set(chart, new Map([[path, problem]]));
      else if (!files.has(path)) files.set(path, problem);
    }
    for (const files of groups.values()) {
      const [problem] = files.values();
      if (problem === undefined) continue;
      const at = problem.place;
      if (files.size > 1) yield { is: 'chart', at, problem, count: files.size };
      else yield { is: 'problem', at, problem };
    }
  },
  say: {
    problem: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
    chart: ({ problem, count }) => ({ count, hint: problem.detail.hint }),
  },
});
