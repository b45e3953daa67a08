import { defineCheckRule } from '../../src/lint/rule.ts';

/** A flow that a rename would turn; evaluated with the other name. Mirrors felix/calc/policy_sorter.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/name-decides',
  summary: 'No flow hangs on the name of a policy',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    decides:
      'only by its name does `{first}` come before `{second}`: named `{name}`, {flow} would be {after}, which is {before} now',
  },
  check(_cluster, { facts: { net, cluster }, report, gaveUp }) {
    net.order.gaveUp.names.forEach(gaveUp);
    const words = { allow: 'allowed', deny: 'denied' };
    for (const flip of net.order.flips) {
      const { first, second, newName, before, after } = flip;
      const manifests = [first, second].flatMap(({ origin }) => origin.object.manifest ?? []);
      const place = manifests.find((object) => cluster.isLinted(object));
      if (place === undefined) continue;
      const because = manifests
        .filter((object) => object !== place)
        .map((object) => ({
          object,
          path: [],
          sentence: `has the same place in the order (${net.policies.place(second)})`,
        }));
      report(
        place,
        'decides',
        {
          first: net.policies.title(first),
          second: net.policies.title(second),
          name: newName,
          flow: net.order.flowOf(flip),
          before: words[before],
          after: words[after],
        },
        { because, hint: `give \`${net.policies.title(first)}\` a lower order than \`${net.policies.title(second)}\`` },
      );
    }
  },
});
