import { defineCheckRule } from '../../src/lint/rule.ts';

/** The kube-apiserver takes no request without credentials. Defaults after cmd/kube-apiserver/app/options and pkg/kubeapiserver/options of Kubernetes 1.24. */
export const rule = defineCheckRule({
  id: 'admission/anonymous-auth',
  summary: 'The kube-apiserver takes no request without credentials',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.1'],
  scope: 'component',
  needs: ['components'],
  messages: {
    wrong: 'the kube-apiserver takes requests without credentials: {said}',
  },
  check(component, { facts, report }) {
    const setting = facts.components.setting(component, 'kube-apiserver', 'anonymous-auth');
    if (setting === undefined || setting.value === 'false') return;
    // Where every request is allowed the server takes none without credentials, whatever the flag says.
    const modes = facts.components.setting(component, 'kube-apiserver', 'authorization-mode')?.value ?? '';
    if (modes.split(',').includes('AlwaysAllow')) return;
    report(
      setting.place,
      'wrong',
      { said: setting.words },
      { hint: 'set `--anonymous-auth=false`, once no probe or discovery client needs it' },
    );
  },
});
