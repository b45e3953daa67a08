import { defineRule } from '../../src/lint/rule.ts';

/** A flow that a rename would turn; evaluated with the other name. Mirrors felix/calc/policy_sorter.go, v3.32. */
export const rule = defineRule({
  id: 'calico/name-decides',
  summary: 'No flow depends on the name of a policy',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    decides:
      '`{first}` is evaluated before `{second}` only because of its name: if it were named `{name}`, {flow} would be {after} instead of {before}',
  },
  when: ({ facts: { net } }) => net.isRestricted,
  // Over the tree: the finding stands at the first policy of the pair that is linted.
  *find(_cluster, { facts: { net, cluster }, gaveUp }) {
    net.order.gaveUp.names.forEach(gaveUp);
    for (const flip of net.order.flips) {
      const manifests = [flip.first, flip.second].flatMap(({ origin }) => origin.object.manifest ?? []);
      const at = manifests.find((object) => cluster.isLinted(object));
      if (at === undefined) continue;
      const sentence = `has the same tier and order (${net.policies.place(flip.second)})`;
      const because = manifests.filter((object) => object !== at).map((object) => ({ object, path: [], sentence }));
      yield { is: 'decides', at, because, restsOn: net.order.together(flip.first, [flip.second]), flip };
    }
  },
  say: {
    decides: ({ flip }, { facts: { net } }) => {
      const first = net.policies.title(flip.first);
      const second = net.policies.title(flip.second);
      return {
        first,
        second,
        name: flip.newName,
        flow: net.order.flowOf(flip),
        before: decided[flip.before],
        after: decided[flip.after],
        hint: `give \`${first}\` a lower order than \`${second}\``,
      };
    },
  },
});

const decided = { allow: 'allowed', deny: 'denied' };
