import { defineRule } from '../../src/lint/rule.ts';

/** A peer of a global policy that matches pods of every namespace together with host endpoints or network sets. Mirrors updateprocessors/rules.go, v3.32. */
export const rule = defineRule({
  id: 'calico/selector-scope',
  summary: 'Peer selectors of global policies do not match unrelated kinds of endpoints',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    all: 'the selector of `{title}` matches pods of every namespace and also {others}',
  },
  find({ policy: { object, isCalico, isGlobal }, rule }, { facts: { net } }) {
    const side = rule.direction === 'ingress' ? 'source' : 'destination';
    const [peer] = rule.peers;
    const [compiled] = rule.compiled;
    const selector = compiled?.[side].selector;
    if (!isCalico || !isGlobal || compiled?.action !== 'allow' || selector === undefined) return [];
    if (typeof peer?.value.selector !== 'string' || typeof peer.value.namespaceSelector === 'string') return [];
    const kinds = new Set(net.selections.matched(selector).sure.map(({ kind }) => kind));
    if (!kinds.has('pod') || kinds.size === 1) return [];
    return [{ is: 'all', at: { object, path: [...rule.path, side, 'selector'] }, compiled, kinds }];
  },
  say: {
    all: ({ compiled, kinds }, { facts: { net } }) => ({
      title: net.order.ruleTitle(compiled),
      others: [kinds.has('host') ? ['host endpoints'] : [], kinds.has('set') ? ['network sets'] : []]
        .flat()
        .join(' and '),
      hint: 'add `namespaceSelector: all()` to match only pods and network sets of namespaces, or `namespaceSelector: global()` to match only host endpoints and global network sets',
    }),
  },
});
