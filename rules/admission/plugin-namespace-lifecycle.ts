import { defineCheckRule } from '../../src/lint/rule.ts';

/** Namespaces that are going or were never made take no objects. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineCheckRule({
  id: 'admission/plugin-namespace-lifecycle',
  summary: 'Namespaces that are going or were never made take no objects',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.13'],
  scope: 'component',
  needs: ['components'],
  messages: {
    off: 'objects may be made in namespaces that do not exist or are being deleted: {said}',
  },
  check(component, { facts, report }) {
    const state = facts.components.plugin(component, 'NamespaceLifecycle');
    if (state?.on !== false) return;
    report(
      state.place,
      'off',
      { said: state.words },
      { hint: 'remove `NamespaceLifecycle` from `--disable-admission-plugins`' },
    );
  },
});
