import { defineRule } from '../../src/lint/rule.ts';

/** Two items of a peer list that were meant to be one item, without the second dash. */
export const rule = defineRule({
  id: 'net/peer-or-instead-of-and',
  summary: 'A namespace selector and the selector of its pods are one peer, not two',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    moot: 'this peer of NetworkPolicy `{name}` has no effect: the item beside it already matches every pod of every namespace',
    elsewhere:
      'this peer of NetworkPolicy `{name}` matches no pod of namespace `{own}`, and the item beside it matches every pod of namespace `{namespace}`, where such pods exist',
  },
  *find(policy, { facts: { net } }) {
    const { object, namespace: own, isCalico, rules } = policy;
    const { name } = object;
    for (const { peers } of isCalico ? [] : rules) {
      for (const [index, { path, value }] of peers.entries()) {
        if (value.namespaceSelector !== undefined || !isNarrow(value.podSelector)) continue;
        if (![peers[index - 1], peers[index + 1]].some((other) => other !== undefined && isEverywhere(other.value)))
          continue;
        yield { is: 'moot', at: { object, path: [...path, 'podSelector'], at: 'key' }, name };
      }
    }
    for (const { path, fault } of net.selections.emptyOf(policy)) {
      if (fault.kind !== 'stray-dash' || isEverywhere(fault.other.value)) continue;
      const { namespace } = fault;
      const restsOn = [{ on: 'pods-of-namespace', object, namespace: own }] as const;
      yield { is: 'elsewhere', at: { object, path, at: 'key' }, restsOn, name, own, namespace };
    }
  },
  say: {
    moot: ({ name }) => ({ name, hint }),
    elsewhere: ({ name, own, namespace }) => ({ name, own, namespace, hint }),
  },
});

const hint = 'merge the two items into one (remove the second dash) to match these pods in these namespaces only';

type Value = Readonly<Record<string, unknown>>;

function isNarrow(selector: unknown): boolean {
  return typeof selector === 'object' && selector !== null && Object.keys(selector).length > 0;
}

function isEverywhere({ namespaceSelector, podSelector }: Value): boolean {
  const isEmpty = typeof namespaceSelector === 'object' && namespaceSelector !== null && !isNarrow(namespaceSelector);
  return isEmpty && podSelector === undefined;
}
