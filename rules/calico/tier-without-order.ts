import { calicoKinds, defineRule } from '../../src/lint/rule.ts';

/** A tier without an order, or with that of another one: their names decide. Mirrors felix/calc/policy_sorter.go TierLess, v3.32. */
export const rule = defineRule({
  id: 'calico/tier-without-order',
  summary: 'Every tier has an order of its own',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  kinds: calicoKinds('Tier'),
  needs: ['calico', 'cluster'],
  messages: {
    missing:
      'tier `{name}` has no order: it gets 1000000, the order of tier `default`, so only their names decide which is evaluated first',
    equal:
      'tier `{name}` has the same order as tier `{other}`, {order}: only their names decide which is evaluated first',
  },
  *find(object, { facts: { calico, cluster } }) {
    if (builtIn.has(object.name)) return;
    const { name } = object;
    const { order } = calico.specOf(object);
    if (typeof order !== 'number') {
      yield { is: 'missing', at: object, name };
      return;
    }
    const others = cluster.ofKind(object.group, 'Tier').filter((other) => other.name < name);
    const other =
      others.find((each) => calico.specOf(each).order === order)?.name ??
      [...builtIn].find(([, builtInOrder]) => builtInOrder === order)?.[0];
    if (other !== undefined) yield { is: 'equal', at: { object, path: ['spec', 'order'] }, name, other, order };
  },
  say: {
    missing: ({ name }) => ({ name, hint }),
    equal: ({ name, other, order }) => ({ name, other, order, hint }),
  },
});

const hint = 'set a different order for every tier; tiers with a lower order are evaluated first';

/** The tiers that every cluster has. */
const builtIn: ReadonlyMap<string, number> = new Map([
  ['kube-admin', 1000],
  ['default', 1_000_000],
  ['kube-baseline', 10_000_000],
]);
