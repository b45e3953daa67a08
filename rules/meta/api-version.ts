import { defineCheckRule } from '../../src/lint/rule.ts';

/** An apiVersion that the target version does not serve, or that is on its way out; in the words of kubectl and the server, from the model room. */
export const rule = defineCheckRule({
  id: 'meta/api-version',
  summary: 'Every apiVersion is served by the target version',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta'],
  scope: 'tree',
  needs: ['problems'],
  messages: {
    problem: '{message}',
  },
  check(cluster, { facts, report }) {
    // Which version the manifests are for was taken for granted: they may be for an older one.
    const assumed = cluster.version.decide !== undefined;
    for (const { place, message, detail } of facts.problems.of('api-version')) {
      const softer = detail.atMost === 'warning' ? 'info' : 'warning';
      report(place, 'problem', { message }, assumed ? { ...detail, atMost: softer } : detail);
    }
  },
});
