import { defineRule, type Facts, type ManifestObject, type PodSource } from '../../src/lint/rule.ts';

/** What exceeds the quotas of its namespace. Mirrors the plugin ResourceQuota, 1.11 to 1.37. */
export const rule = defineRule({
  id: 'ns/quota-refuses',
  summary: 'Manifests fit into the quotas of their namespaces',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'seed:002'],
  restsOn: ['placement'],
  scope: 'object',
  needs: ['quota', 'cluster'],
  messages: {
    refused: 'a quota rejects {what}: {message}',
    some: 'quota admits only {admitted} of {wanted} {what}: {message}',
    // The order of creation decides which of the manifests is rejected.
    together: {
      level: 'warning',
      text: 'together with the manifests before it, quota admits only {admitted} of {wanted} {what}: {message}',
    },
  },
  when: ({ facts: { quota } }) => quota.withQuotas.length > 0,
  *find(object, { facts: { quota } }) {
    for (const { source, wanted, admitted, alone, rejection } of quota.fitsOf(object)) {
      if (rejection === undefined) continue;
      const { message, because } = rejection;
      const quotas = because.flatMap(({ object: quota }) => ('implicit' in quota ? [] : [quota]));
      const restsOn = [{ on: 'written-together', object, others: quotas, inDoubt: 'drop' }] as const;
      const found = { at: object, because, restsOn, object, source, message };
      if (alone === 0) yield { is: 'refused', ...found };
      else if (alone < wanted) yield { is: 'some', ...found, admitted: alone, wanted };
      else yield { is: 'together', ...found, admitted, wanted };
    }
  },
  say: {
    refused: (found, { facts }) => wordsOf(found, facts),
    some: (found, { facts }) => countsOf(found, facts),
    together: (found, { facts }) => ({
      ...countsOf(found, facts),
      hint: 'raise the quota, or request less; another order of creation only moves the rejection',
    }),
  },
});

interface Refused {
  readonly object: ManifestObject;
  readonly source: PodSource | undefined;
  readonly message: string;
}

interface Counted extends Refused {
  readonly admitted: number;
  readonly wanted: number;
}

function wordsOf({ object, source, message }: Refused, { cluster }: Pick<Facts, 'cluster'>) {
  const own = `${object.kind} \`${object.name}\``;
  const claims = object.kind === 'StatefulSet' ? `the claims of ${own}` : own;
  return {
    what: source === undefined ? claims : cluster.describe(source),
    message,
    hint: 'set or lower `resources`, lower the number of replicas, or raise the quota',
  };
}

/** `3 of 5 pods of Deployment \`web\``. */
function countsOf(found: Counted, facts: Pick<Facts, 'cluster'>) {
  const words = wordsOf(found, facts);
  const what = words.what.startsWith('the ') ? words.what.slice('the '.length) : `objects (${words.what})`;
  return { ...words, what, admitted: found.admitted, wanted: found.wanted };
}
