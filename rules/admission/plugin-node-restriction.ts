import { defineCheckRule } from '../../src/lint/rule.ts';

/** A kubelet changes its own node and pods only. Which plugins are on by default: pkg/kubeapiserver/options/plugins.go, by version. */
export const rule = defineCheckRule({
  id: 'admission/plugin-node-restriction',
  summary: 'A kubelet changes its own node and pods only',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.14'],
  scope: 'component',
  needs: ['components'],
  messages: {
    off: 'a kubelet may change other nodes and their pods: {said}',
  },
  check(component, { facts, report }) {
    const state = facts.components.plugin(component, 'NodeRestriction');
    if (state?.on !== false) return;
    report(
      state.place,
      'off',
      { said: state.words },
      { hint: 'add `NodeRestriction` to `--enable-admission-plugins`' },
    );
  },
});
