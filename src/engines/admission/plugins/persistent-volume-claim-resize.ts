import type { Cluster } from '../../../cluster/index/cluster.ts';
import { metadataOf, textOf } from '../../../cluster/stored/object-metadata.ts';
import { storedObject } from '../../../cluster/stored/stored-objects.ts';
import { compareQuantities, parseQuantity } from '../../../lang/quantity.ts';
import { isObject } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { forbidden } from '../request/forbidden.ts';
import type { AdmissionPlugin } from '../request/plugin.ts';

const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/**
 * The plugin PersistentVolumeClaimResize: only bound claims of a class that allows it may grow. Mirrors
 * plugin/pkg/admission/storage/persistentvolume/resize, v1.24.
 */
export const persistentVolumeClaimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  operations: ['UPDATE'],
  validate: (cluster, attributes) => {
    const { group, resource, subresource, object, oldObject } = attributes;
    if (group !== '' || resource !== 'persistentvolumeclaims' || subresource !== '' || oldObject === undefined)
      return {};
    if (!isLarger(storageOf(object), storageOf(oldObject))) return {};
    const { status } = oldObject;
    if (!isObject(status) || status.phase !== 'Bound') {
      return { rejection: forbidden(attributes, 'Only bound persistent volume claims can be expanded') };
    }
    const storageClass = classOf(object);
    if (storageClass !== '' && storageClass === classOf(oldObject)) {
      const allows = allowsExpansion(cluster, storageClass);
      if (allows === true) return {};
      if (allows === undefined && cluster.settings.complete !== true) {
        const sentence = `StorageClass \`${storageClass}\` is taken to allow that claims grow`;
        const decide = `add the manifest of StorageClass \`${storageClass}\` to the tree`;
        return { assumptions: [{ sentence, decide }] };
      }
    }
    const detail =
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';
    return { rejection: forbidden(attributes, detail) };
  },
};

function storageOf({ spec }: JsonObject): string {
  const resources = isObject(spec) ? spec.resources : undefined;
  const requests = isObject(resources) ? resources.requests : undefined;
  return isObject(requests) ? textOf(requests.storage) : '';
}

function isLarger(left: string, right: string): boolean {
  const zero = parseQuantity('0');
  const [a, b] = [parseQuantity(left) ?? zero, parseQuantity(right) ?? zero];
  return a !== undefined && b !== undefined && compareQuantities(a, b) > 0;
}

function classOf(claim: JsonObject): string {
  const { annotations } = metadataOf(claim);
  if (isObject(annotations) && Object.hasOwn(annotations, CLASS_ANNOTATION))
    return textOf(annotations[CLASS_ANNOTATION]);
  return isObject(claim.spec) ? textOf(claim.spec.storageClassName) : '';
}

/** Undefined where no manifest declares the class. */
function allowsExpansion(cluster: Cluster, name: string): boolean | undefined {
  const found = storedObject(cluster, 'storage.k8s.io', 'StorageClass', '', name);
  return found === undefined ? undefined : found.value.allowVolumeExpansion === true;
}
