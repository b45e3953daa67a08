import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * Secrets are encrypted before they are stored. Mirrors apiserver pkg/server/options/encryptionconfig, v1.24: the first provider of the first
 * entry that names a resource writes it.
 */
export const rule = defineCheckRule({
  id: 'admission/encryption-provider',
  summary: 'Secrets are encrypted before they are stored in etcd',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['control-plane', 'cis:1.2.27', 'cis:1.2.28'],
  scope: 'tree',
  needs: ['components', 'serverFiles'],
  messages: {
    unset: 'secrets are stored in etcd in plain text: {said}',
    identity: 'secrets are stored in etcd in plain text: the first provider is `identity`, which does not encrypt',
    unnamed: 'secrets are stored in etcd in plain text: this configuration names no provider for them',
  },
  check(_cluster, { facts, report }) {
    for (const server of facts.components.linted) {
      const unset = facts.components.firstUnset(server, 'kube-apiserver', ['encryption-provider-config']);
      if (unset === undefined) continue;
      const hint = 'write an EncryptionConfiguration for secrets and set `--encryption-provider-config`';
      report(unset.place, 'unset', { said: unset.words }, { hint, atMost: 'info' });
    }
    for (const { object, path, provider } of facts.serverFiles.encryption) {
      const hint = 'put `kms`, `secretbox` or `aescbc` first, and keep `identity` last to read what was stored before';
      if (provider === 'identity') report({ object, path }, 'identity', {}, { hint });
      else if (provider === '') report({ object, path }, 'unnamed', {}, { hint });
    }
  },
});
