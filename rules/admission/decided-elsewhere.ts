import { defineRule } from '../../src/lint/rule.ts';

/** Webhooks, and policies of engines behind webhooks, that the API server calls for pods of the tree: their answers are in no manifest. */
export const rule = defineRule({
  id: 'admission/decided-elsewhere',
  summary: 'The API server alone decides which pods run, or it is known who else does',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['admission', 'pod'],
  restsOn: [],
  scope: 'tree',
  needs: ['admissionPolicies', 'cluster'],
  messages: {
    asked: '{who} may {do} {pods}: that is not judged here',
  },
  *find(_cluster, { facts: { admissionPolicies } }) {
    for (const { deciders, pods } of admissionPolicies.others) {
      const [{ object, path }, ...more] = deciders;
      yield { is: 'asked', at: { object, path: more.length === 0 ? path : [] }, deciders, pods };
    }
  },
  say: {
    asked: ({ deciders, pods }, { facts: { cluster } }) => {
      const [first, ...more] = deciders;
      const [pod] = pods;
      const who =
        more.length === 0
          ? first.title
          : `${first.object.kind} \`${first.object.name}\` (${String(deciders.length)} entries)`;
      const changer = deciders.find(({ mayChange }) => mayChange);
      const refuses = deciders.some(({ mayRefuse }) => mayRefuse);
      return {
        who,
        do: [...(changer === undefined ? [] : ['change']), ...(refuses ? ['refuse'] : [])].join(' or '),
        pods:
          pods.length === 1 && pod !== undefined
            ? cluster.describe(pod)
            : `the pods of ${String(pods.length)} workloads`,
        hint:
          changer === undefined
            ? undefined
            : `set \`settings.assume.mutatedBy["${changer.name}"]\` in the configuration to what it adds to pods, \`{}\` for nothing that matters`,
      };
    },
  },
});
