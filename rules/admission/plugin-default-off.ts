import { defineCheckRule } from '../../src/lint/rule.ts';

/** Of these other rules speak: `admission/plugin-namespace-lifecycle`, `admission/plugin-service-account`. */
const OWN_RULE = ['NamespaceLifecycle', 'ServiceAccount'];

/** Plugins that every kube-apiserver runs unless told not to. Mirrors DefaultOffAdmissionPlugins of pkg/kubeapiserver/options, by version. */
export const rule = defineCheckRule({
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
  check(component, { facts, report }) {
    const off = facts.plugins.switchedOff(component).filter(({ name }) => !OWN_RULE.includes(name));
    const [first] = off;
    if (first === undefined) return;
    const named = off.map(({ name }) => `\`${name}\``).join(', ');
    report(first.place, 'off', { named }, { hint: 'leave them out of `--disable-admission-plugins`' });
  },
});
