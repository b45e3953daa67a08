import { defineCheckRule } from '../../src/lint/rule.ts';

/** The Node authorizer is on. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/authorization-node',
  summary: 'The Node authorizer is on',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.7'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'no Node authorizer holds kubelets to what their own node needs: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'authorization-mode');
    if (setting === undefined || setting.value.split(',').some((mode) => mode === 'Node' || mode === 'AlwaysAllow'))
      return;
    report(setting.place, 'wrong', { said: setting.words }, { hint: 'add `Node` to `--authorization-mode`' });
  },
});
