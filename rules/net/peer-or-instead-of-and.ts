import { defineCheckRule } from '../../src/lint/rule.ts';

/** Two items of a list of peers that were one, had it not been for a dash. */
export const rule = defineCheckRule({
  id: 'net/peer-or-instead-of-and',
  summary: 'A namespace and the pods in it are one peer, not two',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    moot: 'the peer before or after it allows every pod of every namespace, so that this one adds nothing: were they meant to be one?',
    elsewhere:
      'no pod of namespace `{own}` is such a peer, but pods of `{namespace}` are, which another item of the list allows as a whole: were they meant to be one?',
  },
  check(_cluster, { facts: { net }, report }) {
    const hint = 'without the dash before `podSelector` both must hold: these pods, in these namespaces';
    for (const { object, isCalico, rules } of net.policies.written) {
      if (isCalico) continue;
      for (const { peers } of rules) {
        for (const [index, { path, value }] of peers.entries()) {
          if (value.namespaceSelector !== undefined || !isNarrow(value.podSelector)) continue;
          if (![peers[index - 1], peers[index + 1]].some((other) => other !== undefined && isEverywhere(other.value)))
            continue;
          report({ object, path: [...path, 'podSelector'], at: 'key' }, 'moot', {}, { hint });
        }
      }
    }
    for (const { policy, path, fault } of net.selections.empty) {
      if (fault.kind !== 'stray-dash' || isEverywhere(fault.other.value)) continue;
      report(
        { object: policy.object, path, at: 'key' },
        'elsewhere',
        { own: policy.namespace, namespace: fault.namespace },
        { hint },
      );
    }
  },
});

type Value = Readonly<Record<string, unknown>>;

function isNarrow(selector: unknown): boolean {
  return typeof selector === 'object' && selector !== null && Object.keys(selector).length > 0;
}

function isEverywhere({ namespaceSelector, podSelector }: Value): boolean {
  const isEmpty = typeof namespaceSelector === 'object' && namespaceSelector !== null && !isNarrow(namespaceSelector);
  return isEmpty && podSelector === undefined;
}
