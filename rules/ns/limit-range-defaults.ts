import { defineRule, listed } from '../../src/lint/rule.ts';

/** Requests and limits that a LimitRange sets silently. Mirrors plugin/pkg/admission/limitranger, 1.11 to 1.37. */
export const rule = defineRule({
  id: 'ns/limit-range-defaults',
  summary: 'Pods set their own requests and limits instead of relying on a LimitRange',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'seed:002'],
  scope: 'object',
  kinds: ['/LimitRange'],
  needs: ['quota'],
  options: {
    named: { type: 'number', default: 5, description: 'how many workloads the message names' },
  },
  messages: {
    filled: 'LimitRange `{name}` sets default requests or limits in the pods of {named}',
  },
  find(object, { facts: { quota } }) {
    const pods = quota.podsFilledBy(object);
    return pods.length === 0 ? [] : [{ is: 'filled', at: object, name: object.name, pods }];
  },
  say: {
    filled: ({ name, pods }, { options }) => ({
      name,
      named: listed([...new Set(pods.map(({ owner }) => `${owner.kind} \`${owner.name}\``))], options.named),
      hint: 'set `resources` in their containers',
    }),
  },
});
