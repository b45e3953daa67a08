import { once } from '../../lang/once.ts';
import { memo } from '../../lang/memo.ts';
import { objectValue } from '../../model/object-value.ts';
import type { JsonObject, ManifestObject } from '../../model/object.ts';
import type { Cluster } from '../index/cluster.ts';
import { compileShapes, normalize, type Shape } from '../defaults/shape.ts';
import { namespacesOf, serviceAccountOf } from './existing.ts';
import type { ImplicitObject } from '../index/implicit-object.ts';

/** A ServiceAccount as the API server keeps it. */
export interface StoredAccount {
  readonly object: ManifestObject | ImplicitObject;
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly automountServiceAccountToken: boolean | undefined;
  /** Names of the secrets that its pods may mount, where that is enforced. */
  readonly secrets: readonly string[];
  readonly imagePullSecrets: readonly string[];
}

const ENFORCE_MOUNTABLE_SECRETS = 'kubernetes.io/enforce-mountable-secrets';

/**
 * A ServiceAccount that exists, or undefined. Where the manifests do not tell of everything (`settings.complete`), one that they do not
 * tell of is taken to exist; in a complete cluster only declared ones and the `default` of declared namespaces do.
 */
export function serviceAccount(cluster: Cluster, namespace: string, name: string): StoredAccount | undefined {
  return memo(cluster, find, `${namespace}\n${name}`);
}

function find(cluster: Cluster, key: string): StoredAccount | undefined {
  const [namespace = '', name = ''] = key.split('\n');
  const { object, assumed } = serviceAccountOf(cluster, namespace, name);
  if ('implicit' in object) {
    const undeclared = assumed || namespacesOf(cluster).get(namespace)?.assumed !== false;
    if (undeclared && cluster.settings.complete === true) return undefined;
    return stored(object, name, {});
  }
  return stored(object, name, objectValue(object, cluster.version.value));
}

const accountShape: () => Shape = once(() => {
  const shape = compileShapes(`
ServiceAccount: metadata:AccountMeta secrets:[]SecretReference imagePullSecrets:[]SecretReference automountServiceAccountToken:*bool
AccountMeta: annotations:{}string
SecretReference: name
`).get('ServiceAccount');
  if (shape === undefined) throw new Error('no shape of ServiceAccount');
  return shape;
});

interface AccountView {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly secrets?: readonly { readonly name?: string }[];
  readonly imagePullSecrets?: readonly { readonly name?: string }[];
  readonly automountServiceAccountToken?: boolean;
}

function stored(object: ManifestObject | ImplicitObject, name: string, value: JsonObject): StoredAccount {
  const view: AccountView = normalize(accountShape(), value, 24);
  return {
    object,
    name,
    annotations: view.metadata?.annotations ?? {},
    automountServiceAccountToken: view.automountServiceAccountToken,
    secrets: (view.secrets ?? []).map((secret) => secret.name ?? ''),
    imagePullSecrets: (view.imagePullSecrets ?? []).map((secret) => secret.name ?? ''),
  };
}

/** Whether the pods of an account may mount none but its own secrets; any spelling of true that Go's ParseBool knows counts. */
export function enforcesMountableSecrets({ annotations }: StoredAccount): boolean {
  const value = Object.hasOwn(annotations, ENFORCE_MOUNTABLE_SECRETS) ? annotations[ENFORCE_MOUNTABLE_SECRETS] : '';
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value ?? '');
}
