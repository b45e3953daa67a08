import { record } from '../../model/json.ts';
import type { ManifestObject } from '../../model/object.ts';
import { controlPlaneProgram } from '../components/component-command.ts';
import { type MadePod } from './controller-pods.ts';
import { kubelet } from './creators.ts';
import { itemsAt, stringAt } from '../index/field-node.ts';
import type { Creator } from './pod-source.ts';
import { nodeName, objectUid } from './server-named.ts';

const mirrorAnnotation = 'kubernetes.io/config.mirror';

/**
 * The mirror of a static pod, if this manifest is one: it lies in a kubelet's manifest directory, was read back from a cluster with the
 * mirror annotation, or is a Pod on the host's network in kube-system that runs a control plane program. Mirrors
 * pkg/kubelet/config/common.go applyDefaults and pkg/kubelet/pod/mirror_client.go, v1.24.
 */
export function staticPod(object: ManifestObject, written: MadePod): { made: MadePod; creator: Creator } | undefined {
  const annotations = record(written.metadata.annotations);
  if (annotations[mirrorAnnotation] !== undefined)
    return { made: written, creator: kubelet(stringAt(object.node, ['spec', 'nodeName']) || nodeName) };
  const inDirectory = /(?:^|\/)etc\/kubernetes\/manifests\/[^/]+$/.test(object.document.file.path);
  if (!inDirectory && !isControlPlane(object, written)) return undefined;
  const tolerations = Array.isArray(written.spec.tolerations) ? written.spec.tolerations : [];
  const made: MadePod = {
    metadata: {
      ...written.metadata,
      name: `${object.name}-${nodeName}`,
      annotations: {
        ...annotations,
        'kubernetes.io/config.hash': objectUid,
        [mirrorAnnotation]: objectUid,
        'kubernetes.io/config.source': 'file',
      },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: nodeName, uid: objectUid, controller: true }],
    },
    spec: { ...written.spec, nodeName, tolerations: [...tolerations, { operator: 'Exists', effect: 'NoExecute' }] },
  };
  return { made, creator: kubelet(nodeName) };
}

function isControlPlane(object: ManifestObject, written: MadePod): boolean {
  if (object.namespace !== 'kube-system' || written.spec.hostNetwork !== true) return false;
  return itemsAt(object.node, ['spec', 'containers']).some((container) => {
    const program = controlPlaneProgram(container);
    return program !== undefined;
  });
}
