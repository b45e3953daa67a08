import { defineRule } from '../../src/lint/rule.ts';

/** Policies, grants and limits of which a value is encrypted or filled in later; from the model room. */
export const rule = defineRule({
  id: 'meta/unknown-value',
  summary: 'Objects that decide about others hold known values',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['meta'],
  restsOn: [],
  scope: 'object',
  kinds: [
    'networking.k8s.io/NetworkPolicy',
    'extensions/NetworkPolicy',
    'policy.networking.k8s.io/*',
    'projectcalico.org/*',
    'crd.projectcalico.org/*',
    'policy/PodSecurityPolicy',
    'extensions/PodSecurityPolicy',
    'rbac.authorization.k8s.io/*',
    'admissionregistration.k8s.io/*',
    '/ResourceQuota',
    '/LimitRange',
    '/Namespace',
  ],
  needs: ['problems'],
  messages: {
    one: '`{path}` of {kind} `{name}` holds `{text}`, which is filled in later: what it decides is not known',
    more: {
      level: 'info',
      text: '{count} values of {kind} `{name}` are filled in later, such as `{text}` in `{path}`: what it decides is not known',
    },
  },
  *find(object, { facts: { problems } }) {
    const values = problems.unknownIn(object);
    const [first] = values;
    if (first === undefined) return;
    const { kind, name } = object;
    yield { is: values.length === 1 ? 'one' : 'more', at: first.place, first, count: values.length, kind, name };
  },
  say: {
    one: ({ first, kind, name }) => ({ path: first.path, text: first.text, kind, name, hint }),
    more: ({ first, kind, name, count }) => ({ path: first.path, text: first.text, kind, name, count, hint }),
  },
});

const hint = 'put values in place of the variables first, and lint the result';
