import type { Cluster } from '../../../cluster/index/cluster.ts';
import { samePod, type ServerPod } from '../../../cluster/defaults/server-pod.ts';
import {
  enforcesMountableSecrets,
  serviceAccount,
  type StoredAccount,
} from '../../../cluster/stored/stored-service-account.ts';
import type { Assumption } from '../../verdict.ts';
import { forbidden } from '../request/forbidden.ts';
import { mountToken } from './mount-token.ts';
import { ephemeralSecretError, secretError } from './mountable-secrets.ts';
import type { AdmissionAttributes, AdmissionPlugin, PluginOutcome } from '../request/plugin.ts';
import { podObject, requestedPod } from '../request/requested-pod.ts';
import { referencesSecrets } from '../request/secret-references.ts';

const MIRROR_POD = 'kubernetes.io/config.mirror';
const FIRST_BOUND_TOKENS = 21;

/**
 * The plugin ServiceAccount: gives pods the account `default`, demands that the account exists, mounts its token, copies its pull secrets.
 * Mirrors plugin/pkg/admission/serviceaccount, v1.24. Before 1.21 the token comes from a Secret that the token controller makes and
 * manifests do not show; it is taken to be there, as an assumption of the outcome.
 */
export const serviceAccountPlugin: AdmissionPlugin = {
  name: 'ServiceAccount',
  operations: ['CREATE', 'UPDATE'],
  admit,
  validate,
};

function admit(cluster: Cluster, attributes: AdmissionAttributes): PluginOutcome {
  const pod = requestedPod(attributes);
  if (pod === undefined || attributes.operation !== 'CREATE' || !isLookedAt(attributes)) return {};
  // A mirror pod must stay as the kubelet wrote it.
  if (isMirror(pod)) return validate(cluster, attributes);
  const name = pod.spec.serviceAccountName ?? 'default';
  const account = serviceAccount(cluster, attributes.namespace, name);
  if (account === undefined) return missingAccount(attributes, name);
  let spec = { ...pod.spec, serviceAccountName: name, serviceAccount: name };
  const assumptions: Assumption[] = [];
  if (spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true) {
    const bound = cluster.version.value.minor >= FIRST_BOUND_TOKENS;
    spec = { ...spec, ...mountToken(spec, bound ? undefined : tokenSecret(account)) };
    if (!bound) assumptions.push(tokenAssumption(account));
  }
  if ((spec.imagePullSecrets ?? []).length === 0 && account.imagePullSecrets.length > 0) {
    spec = { ...spec, imagePullSecrets: account.imagePullSecrets.map((secret) => ({ name: secret })) };
  }
  const changed = { ...pod, spec };
  const object = samePod(pod, changed) ? attributes.object : podObject(changed);
  return { ...validate(cluster, { ...attributes, object }), object, assumptions };
}

function validate(cluster: Cluster, attributes: AdmissionAttributes): PluginOutcome {
  const pod = requestedPod(attributes);
  if (pod === undefined || !isLookedAt(attributes)) return {};
  const { operation, subresource, namespace } = attributes;
  const ephemeral = operation === 'UPDATE' && subresource === 'ephemeralcontainers';
  if (operation !== 'CREATE' && !ephemeral) return {};
  if (!ephemeral && isMirror(pod)) {
    const error = mirrorError(pod);
    return error === '' ? {} : { rejection: forbidden(attributes, error) };
  }
  const { serviceAccountName: name = '' } = pod.spec;
  if (name === '') {
    const detail = `no service account specified for pod ${namespace}/${pod.metadata.name ?? ''}`;
    return { rejection: forbidden(attributes, detail) };
  }
  const account = serviceAccount(cluster, namespace, name);
  if (account === undefined) return missingAccount(attributes, name);
  if (!enforcesMountableSecrets(account)) return {};
  const error = ephemeral ? ephemeralSecretError(account, pod) : secretError(account, pod);
  if (error === '') return {};
  const because = [
    { object: account.object, path: ['secrets'], sentence: 'the account limits its pods to its own secrets' },
  ];
  const rejection = forbidden(attributes, error, because);
  // Upstream forgot to wrap this one, so that the server answers with an internal error.
  return {
    rejection: ephemeral
      ? { ...rejection, code: 500, reason: 'InternalError', message: `Internal error occurred: ${error}` }
      : rejection,
  };
}

/** The plugin looks at pods and, since it checks the secrets of ephemeral containers, at that subresource. */
function isLookedAt({ subresource }: AdmissionAttributes): boolean {
  return subresource === '' || subresource === 'ephemeralcontainers';
}

function isMirror({ metadata }: ServerPod): boolean {
  return Object.hasOwn(metadata.annotations ?? {}, MIRROR_POD);
}

function missingAccount(attributes: AdmissionAttributes, name: string): PluginOutcome {
  const detail = `error looking up service account ${attributes.namespace}/${name}: serviceaccount "${name}" not found`;
  return { rejection: forbidden(attributes, detail) };
}

function mirrorError({ spec }: ServerPod): string {
  if ((spec.serviceAccountName ?? '') !== '') return 'a mirror pod may not reference service accounts';
  if (referencesSecrets(spec)) return 'a mirror pod may not reference secrets';
  const tokens = spec.volumes?.some(({ projected }) =>
    projected?.sources?.some(({ serviceAccountToken }) => serviceAccountToken !== undefined),
  );
  return tokens === true ? 'a mirror pod may not use ServiceAccountToken volume projections' : '';
}

function tokenSecret({ name }: StoredAccount): string {
  return `${name}-token-xxxxx`;
}

function tokenAssumption(account: StoredAccount): Assumption {
  return {
    sentence: `account ${account.name} has a token secret, made by the token controller`,
    decide: '',
  };
}
