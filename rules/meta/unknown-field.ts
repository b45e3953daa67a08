import { type AnyGround, defineRule } from '../../src/lint/rule.ts';

/** A field that the server drops (or, with strict validation, rejects); from the model room. */
export const rule = defineRule({
  id: 'meta/unknown-field',
  summary: 'Every field exists in the target version of the kind',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta'],
  restsOn: [],
  scope: 'tree',
  needs: ['problems', 'calico'],
  messages: {
    problem: '{message}',
    enterprise: '{message}: Calico Enterprise and Calico Cloud know it, and Calico drops it',
  },
  *find(_cluster, { facts: { problems, calico } }) {
    for (const problem of problems.of('unknown-field')) {
      if (!calico.isEnterpriseField(problem.place)) yield { is: 'problem', at: problem.place, problem };
      else yield { is: 'enterprise', at: problem.place, restsOn: calico.isEnterprise ? [edition] : [], problem };
    }
  },
  say: {
    enterprise: ({ problem }) => ({
      message: problem.message,
      hint: 'in a cluster with Calico, say the same with `nets` or `selector`: without the field the rule matches more',
    }),
    problem: ({ problem }) => ({ message: problem.message, hint: problem.detail.hint }),
  },
});

const edition: AnyGround = {
  assumes: { sentence: 'these manifests are for Calico Enterprise or Calico Cloud', decide: '' },
  level: 'info',
};
