import { itemsAt, stringAt } from '../../cluster/index/field-node.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';
import { auditLevel, type AuditedRequest, type AuditVerdict } from '../../engines/audit/audit-level.ts';
import type { FactContext } from './fact-context.ts';

/** What an EncryptionConfiguration does to secrets. */
export interface SecretEncryption {
  readonly object: ManifestObject;
  /** The provider that writes secrets: `identity` does not encrypt; '' where no entry names them. */
  readonly provider: string;
  readonly path: FieldPath;
}

/** Files that a kube-apiserver reads beside its flags, where the tree holds them. */
export interface ServerFileFacts {
  readonly encryption: readonly SecretEncryption[];
  readonly auditPolicies: readonly ManifestObject[];
  /** How an audit policy logs a request. */
  audit(policy: ManifestObject, request: AuditedRequest): AuditVerdict;
}

/** Answers from the linted objects that are such files. */
export function serverFileFacts({ cluster }: FactContext): ServerFileFacts {
  const linted = cluster.objects.filter((object) => !cluster.context.has(object));
  return {
    encryption: linted.filter(isEncryption).map(secretEncryption),
    auditPolicies: linted.filter(({ group, kind }) => group === 'audit.k8s.io' && kind === 'Policy'),
    audit: auditLevel,
  };
}

/** `EncryptionConfig` of `v1` is what it was before 1.13. */
function isEncryption({ group, kind }: ManifestObject): boolean {
  return (
    (group === 'apiserver.config.k8s.io' && kind === 'EncryptionConfiguration') ||
    (group === '' && kind === 'EncryptionConfig')
  );
}

/** The first entry that names secrets counts, and of its providers the first (apiserver pkg/server/options/encryptionconfig, v1.24). */
function secretEncryption(object: ManifestObject): SecretEncryption {
  for (const [index, entry] of itemsAt(object.node, ['resources']).entries()) {
    const names = itemsAt(entry, ['resources']).map((item) => (item.type === 'string' ? item.value : ''));
    if (!names.some((name) => name === 'secrets' || name === '*.' || name === '*.*')) continue;
    const [provider] = itemsAt(entry, ['providers']);
    const path = ['resources', index, 'providers', 0];
    return { object, path, provider: provider?.type === 'map' ? (provider.entries[0]?.key ?? '') : '' };
  }
  return { object, path: stringAt(object.node, ['kind']) === '' ? [] : ['kind'], provider: '' };
}
