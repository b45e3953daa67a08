import { defineRule } from '../../src/lint/rule.ts';

/**
 * Secrets are encrypted before they are stored. Mirrors apiserver pkg/server/options/encryptionconfig, v1.24: the first provider of the first
 * entry that names a resource writes it.
 */
export const rule = defineRule({
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
    unset: { level: 'info', text: 'Secrets are stored in etcd in plain text: {said}' },
    identity: 'Secrets are stored in etcd in plain text: the first provider is `identity`, which does not encrypt',
    unnamed: 'Secrets are stored in etcd in plain text: this configuration has no provider for them',
  },
  *find(_cluster, { facts: { components, serverFiles } }) {
    for (const server of components.linted) {
      const unset = components.firstUnset(server, 'kube-apiserver', ['encryption-provider-config']);
      if (unset !== undefined) yield { is: 'unset', at: unset.place, unset };
    }
    for (const { object, path, provider } of serverFiles.encryption) {
      if (provider === 'identity') yield { is: 'identity', at: { object, path } };
      else if (provider === '') yield { is: 'unnamed', at: { object, path } };
    }
  },
  say: {
    unset: ({ unset }) => ({
      said: unset.words,
      hint: 'create an EncryptionConfiguration for Secrets, and set `--encryption-provider-config`',
    }),
    identity: () => ({ hint: ENCRYPT }),
    unnamed: () => ({ hint: ENCRYPT }),
  },
});

const ENCRYPT = 'list `kms`, `secretbox` or `aescbc` first, and keep `identity` last to read data stored earlier';
