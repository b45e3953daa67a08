import { defineRule, type Facts, type ManifestObject, type PodSource } from '../../src/lint/rule.ts';

/** Pods and claims that the plugin LimitRanger rejects, or makes invalid. Mirrors plugin/pkg/admission/limitranger, 1.11 to 1.37. */
export const rule = defineRule({
  id: 'ns/limit-range-refuses',
  summary: 'Pods and claims respect the LimitRanges of their namespaces',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'seed:002'],
  restsOn: ['placement'],
  scope: 'object',
  needs: ['quota', 'cluster'],
  messages: {
    refused: 'a LimitRange rejects {what}: {message}',
    invalid: 'the defaults of a LimitRange make {what} invalid: {message}',
  },
  when: ({ facts: { quota } }) => quota.withLimits.length > 0,
  *find(object, { facts: { quota } }) {
    for (const { source, message, because, cause } of quota.limitRefusalsOf(object)) {
      const is = cause === 'broken' ? 'refused' : 'invalid';
      yield { is, at: object, because, object, source, message };
    }
  },
  say: {
    refused: (found, { facts }) => ({
      ...wordsOf(found, facts),
      hint: 'correct `resources`, or change the LimitRange',
    }),
    invalid: (found, { facts }) => ({
      ...wordsOf(found, facts),
      hint: 'set both requests and limits, or change the defaults of the LimitRange',
    }),
  },
});

interface Refused {
  readonly object: ManifestObject;
  readonly source: PodSource | undefined;
  readonly message: string;
}

function wordsOf({ object, source, message }: Refused, { cluster }: Pick<Facts, 'cluster'>) {
  return { what: source === undefined ? `${object.kind} \`${object.name}\`` : cluster.describe(source), message };
}
