import { defineCheckRule } from '../../src/lint/rule.ts';

/** The tiers that every cluster has. */
const builtIn: ReadonlyMap<string, number> = new Map([
  ['kube-admin', 1000],
  ['default', 1_000_000],
  ['kube-baseline', 10_000_000],
]);

/** A tier without an order, or with that of another one: their names decide. Mirrors felix/calc/policy_sorter.go TierLess, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/tier-without-order',
  summary: 'Every tier has an order of its own',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  needs: ['calico', 'cluster'],
  messages: {
    missing:
      'tier `{name}` has no order: it gets 1000000, that of tier `default`, and their names say which one comes first',
    equal: 'tier `{name}` has the order of tier `{other}`, {order}: their names say which one comes first',
  },
  check(object, { facts: { calico, cluster }, report }) {
    if (object.kind !== 'Tier' || !calico.isCalico(object) || builtIn.has(object.name)) return;
    const { order } = calico.specOf(object);
    const hint = 'give every tier an order of its own; the lowest comes first';
    if (typeof order !== 'number') {
      report(object, 'missing', { name: object.name }, { hint });
      return;
    }
    const others = [...cluster.ofKind(object.group, 'Tier')].filter((other) => other.name < object.name);
    const other =
      others.find((each) => calico.specOf(each).order === order)?.name ??
      [...builtIn].find(([, builtInOrder]) => builtInOrder === order)?.[0];
    if (other !== undefined)
      report({ object, path: ['spec', 'order'] }, 'equal', { name: object.name, other, order }, { hint });
  },
});
