import { defineRule } from '../../src/lint/rule.ts';

/** Of these other rules speak: `admission/plugin-namespace-lifecycle`, `admission/plugin-service-account`. */
const OWN_RULE = ['NamespaceLifecycle', 'ServiceAccount'];

/** Plugins that every kube-apiserver runs unless told not to. Mirrors DefaultOffAdmissionPlugins of pkg/kubeapiserver/options, by version. */
export const rule = defineRule({
  id: 'admission/plugin-default-off',
  summary: 'The admission plugins that are on by default stay on',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'seed:002'],
  scope: 'component',
  needs: ['plugins'],
  messages: {
    off: 'a kube-apiserver runs without {named}, on by default',
  },
  find(component, { facts: { plugins } }) {
    const off = plugins.switchedOff(component).filter(({ name }) => !OWN_RULE.includes(name));
    const [first] = off;
    return first === undefined ? [] : [{ is: 'off', at: first.place, plugins: off.map(({ name }) => name) }];
  },
  say: {
    off: ({ plugins }) => ({
      named: plugins.map((name) => `\`${name}\``).join(', '),
      hint: 'leave them out of `--disable-admission-plugins`',
    }),
  },
});
