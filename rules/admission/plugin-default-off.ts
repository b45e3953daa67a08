import { defineRule } from '../../src/lint/rule.ts';

/** Other rules report these: `admission/plugin-namespace-lifecycle`, `admission/plugin-service-account`. */
const OWN_RULE = ['NamespaceLifecycle', 'ServiceAccount'];

/** Plugins that every kube-apiserver runs unless they are disabled. Mirrors DefaultOffAdmissionPlugins of pkg/kubeapiserver/options, by version. */
export const rule = defineRule({
  id: 'admission/plugin-default-off',
  summary: 'Default admission plugins are not disabled',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'seed:002'],
  scope: 'component',
  needs: ['plugins'],
  messages: {
    off: 'the kube-apiserver runs without admission plugins that are on by default: {named}',
  },
  find(component, { facts: { plugins } }) {
    const off = plugins.switchedOff(component).filter(({ name }) => !OWN_RULE.includes(name));
    const [first] = off;
    return first === undefined ? [] : [{ is: 'off', at: first.place, plugins: off.map(({ name }) => name) }];
  },
  say: {
    off: ({ plugins }) => ({
      named: plugins.map((name) => `\`${name}\``).join(', '),
      hint: 'remove them from `--disable-admission-plugins`',
    }),
  },
});
