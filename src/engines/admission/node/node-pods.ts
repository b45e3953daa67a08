import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import { goQuote } from '../../../lang/go-quote.ts';
import type { PluginOutcome } from '../request/plugin.ts';
import { referencesConfigMaps } from '../request/config-map-references.ts';
import { referencesSecrets } from '../request/secret-references.ts';

const MIRROR_POD = 'kubernetes.io/config.mirror';

/**
 * What is wrong with a pod that a node creates: only mirrors of its own static pods are right. `ownerError` says what is wrong with the uid of
 * the Node that owns it. Mirrors admitPodCreate of plugin/pkg/admission/noderestriction, v1.24.
 */
export function mirrorPodError(
  { metadata, spec }: ServerPod,
  node: string,
  ownerError: (uid: string) => string | PluginOutcome | undefined,
): string | PluginOutcome | undefined {
  const quoted = goQuote(node);
  if (!Object.hasOwn(metadata.annotations ?? {}, MIRROR_POD))
    return `pod does not have ${goQuote(MIRROR_POD)} annotation, node ${quoted} can only create mirror pods`;
  if (spec.nodeName !== node) return `node ${quoted} can only create pods with spec.nodeName set to itself`;
  const { ownerReferences: owners = [] } = metadata;
  if (owners.length > 1) return `node ${quoted} can only create pods with a single owner reference set to itself`;
  const [owner] = owners;
  if (owner?.apiVersion !== 'v1' || owner.kind !== 'Node' || owner.name !== node)
    return `node ${quoted} can only create pods with an owner reference set to itself`;
  if (owner.controller !== true)
    return `node ${quoted} can only create pods with a controller owner reference set to itself`;
  if (owner.blockOwnerDeletion === true) return `node ${quoted} must not set blockOwnerDeletion on an owner reference`;
  const wrong = ownerError(owner.uid ?? '');
  if (typeof wrong === 'string' || wrong?.rejection !== undefined) return wrong;
  const reference = referenceOf(spec);
  return reference === undefined ? wrong : `node ${quoted} can not create pods that reference ${reference}`;
}

/** What a pod refers to among the API's objects, of which a node's pod may refer to none. */
function referenceOf(spec: ServerPod['spec']): string | undefined {
  if ((spec.serviceAccountName ?? '') !== '') return 'a service account';
  if (referencesSecrets(spec)) return 'secrets';
  if (referencesConfigMaps(spec)) return 'configmaps';
  const claims = spec.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined);
  return claims === true ? 'persistentvolumeclaims' : undefined;
}

/** What is wrong with a status that a node writes. Mirrors admitPodStatus. */
export function podStatusError(pod: ServerPod, old: ServerPod, node: string): string | undefined {
  if (old.spec.nodeName !== node)
    return `node ${goQuote(node)} can only update pod status for pods with spec.nodeName set to itself`;
  const [before, after] = [old, pod].map(({ metadata }) => Object.entries(metadata.labels ?? {}).sort());
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  return `node ${goQuote(node)} cannot update labels through pod status`;
}
