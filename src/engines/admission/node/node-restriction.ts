import type { Cluster } from '../../../cluster/index/cluster.ts';
import { metadataOf, textOf } from '../../../cluster/stored/object-metadata.ts';
import { nodeName } from '../../../cluster/pods/server-named.ts';
import { storedObject } from '../../../cluster/stored/stored-objects.ts';
import { goQuote } from '../../../lang/go-quote.ts';
import { isObject } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { forbidden } from '../request/forbidden.ts';
import { nodeIdentity } from './node-identity.ts';
import { nodeError } from './node-request.ts';
import { mirrorPodError, podStatusError } from './node-pods.ts';
import type { AdmissionAttributes, AdmissionPlugin, PluginOutcome } from '../request/plugin.ts';
import { notFound } from '../request/rejections.ts';
import { oldPod, requestedPod } from '../request/requested-pod.ts';

/** What stands in the way of a node's request; undefined for nothing. */
type NodeError = string | PluginOutcome | undefined;

/**
 * The plugin NodeRestriction: a node may write its own Node, Lease and CSINode, and the mirrors and the status of its own pods. Mirrors
 * plugin/pkg/admission/noderestriction, v1.24; requests for tokens and deletions are not judged.
 */
export const nodeRestriction: AdmissionPlugin = {
  name: 'NodeRestriction',
  operations: ['CREATE', 'UPDATE'],
  admit: (cluster, attributes) => {
    const node = nodeIdentity(attributes.user);
    if (node === undefined) return {};
    const error =
      node === ''
        ? `could not determine node from user ${goQuote(attributes.user.name)}`
        : judge(cluster, attributes, node);
    if (error === undefined) return {};
    return typeof error === 'string' ? { rejection: forbidden(attributes, error) } : error;
  },
};

function judge(cluster: Cluster, attributes: AdmissionAttributes, node: string): NodeError {
  const { group, resource, subresource, object } = attributes;
  switch (group === '' ? resource : `${resource}.${group}`) {
    case 'pods':
      return judgePod(cluster, attributes, node);
    case 'nodes':
      return nodeError(attributes, node, cluster.version.value.minor);
    case 'persistentvolumeclaims':
      return subresource === 'status' ? claimStatusError(attributes, node) : 'may only update PVC status';
    case 'leases.coordination.k8s.io':
      if (attributes.namespace !== 'kube-node-lease')
        return `can only access leases in the "kube-node-lease" system namespace`;
      if (textOf(metadataOf(object).name) === node) return undefined;
      return 'can only access node lease with the same name as the requesting node';
    case 'csinodes.storage.k8s.io':
      if (textOf(metadataOf(object).name) === node) return undefined;
      return 'can only access CSINode with the same name as the requesting node';
    default:
      return undefined;
  }
}

function judgePod(cluster: Cluster, attributes: AdmissionAttributes, node: string): NodeError {
  const { operation, subresource } = attributes;
  const pod = requestedPod(attributes);
  switch (subresource) {
    case '':
      if (operation === 'CREATE') return pod && mirrorPodError(pod, node, (owner) => ownerError(cluster, node, owner));
      return `unexpected operation ${goQuote(operation)}, node ${goQuote(node)} can only create and delete mirror pods`;
    case 'status': {
      const old = oldPod(attributes);
      if (operation !== 'UPDATE') return `unexpected operation ${goQuote(operation)}`;
      return old === undefined || pod === undefined ? undefined : podStatusError(pod, old, node);
    }
    case 'eviction':
      return judgeEviction(cluster, attributes, node);
    default:
      return `unexpected pod subresource ${goQuote(subresource)}, only 'status' and 'eviction' are allowed`;
  }
}

function judgeEviction(cluster: Cluster, { operation, namespace, name }: AdmissionAttributes, node: string): NodeError {
  if (operation !== 'CREATE') return `unexpected operation ${operation}`;
  if (name === '') return 'could not determine pod from request data';
  const existing = storedObject(cluster, '', 'Pod', namespace, name);
  if (existing === undefined) return { rejection: notFound('pod', name) };
  const spec = existing.value.spec as JsonObject;
  return spec.nodeName === node ? undefined : `node ${node} can only evict pods with spec.nodeName set to itself`;
}

/** Whether the Node that owns a mirror pod is the one that exists. */
function ownerError(cluster: Cluster, node: string, owner: string): NodeError {
  const stored = storedObject(cluster, '', 'Node', '', node);
  if (stored === undefined) {
    // Which node has the file of a static pod is not written in it.
    const isNamed = node !== nodeName;
    if (isNamed && cluster.settings.complete === true) return { rejection: notFound('node', node) };
    const which = isNamed ? `Node \`${node}\`` : 'the Node of a static pod';
    const sentence = `${which} is taken to exist, with the uid that the owner reference has`;
    return { assumptions: [{ sentence, decide: isNamed ? `add the manifest of Node \`${node}\` to the tree` : '' }] };
  }
  const uid = textOf(metadataOf(stored.value).uid);
  return owner === uid ? undefined : `node ${node} UID mismatch: expected ${owner} got ${uid}`;
}

/** Of its claims a node writes capacity and conditions, and what resizing needs. */
function claimStatusError({ operation, object, oldObject }: AdmissionAttributes, node: string): NodeError {
  if (operation !== 'UPDATE') return `unexpected operation ${goQuote(operation)}`;
  const isSame = JSON.stringify(comparable(object)) === JSON.stringify(comparable(oldObject ?? {}));
  if (isSame) return undefined;
  return `node ${goQuote(node)} is not allowed to update fields other than status.capacity and status.conditions`;
}

function comparable(claim: JsonObject): JsonObject {
  const metadata = { ...metadataOf(claim), resourceVersion: '', managedFields: [] };
  const status = { ...(isObject(claim.status) ? claim.status : {}), capacity: {}, conditions: [] };
  return { ...claim, metadata, status };
}
