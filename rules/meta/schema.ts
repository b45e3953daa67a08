import { defineCheckRule, type ManifestObject, type ReportDetail } from '../../src/lint/rule.ts';

/** A value the server refuses or drops for its type, and objects it would not store; the errors are the server's, from model and cluster. */
export const rule = defineCheckRule({
  id: 'meta/schema',
  summary: 'Every object fits the schema of its kind in the target version',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta'],
  scope: 'tree',
  needs: ['problems', 'cluster'],
  messages: {
    problem: '{message}',
    refused: '{message}',
  },
  check(_cluster, { facts: { problems, cluster }, report }) {
    for (const { place, message, detail } of problems.of('schema')) report(place, 'problem', { message }, detail);
    for (const { object, message, errors } of problems.refused) {
      const [first] = errors;
      // An object of a kind that is not served has no field at fault: api-version says so.
      if (first === undefined) continue;
      report({ object, path: first.path }, 'refused', { message }, reservation(object, cluster.isTransformed(object)));
    }
  },
});

/** Why the server may get another object than the one that is written. */
function reservation({ name, namespace }: ManifestObject, isTransformed: boolean): ReportDetail {
  if (isTransformed) {
    return {
      atMost: 'info',
      hint: 'a kustomization changes this manifest first: lint the output of `kustomize build`',
    };
  }
  if (name.includes('$') || namespace.includes('$')) {
    return { atMost: 'info', hint: 'put values in place of the variables first, and lint the result' };
  }
  return {};
}
