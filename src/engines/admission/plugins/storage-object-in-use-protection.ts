import { metadataOf } from '../../../cluster/stored/object-metadata.ts';
import { list } from '../../../model/json.ts';
import type { AdmissionPlugin } from '../request/plugin.ts';

const FINALIZERS: Readonly<Record<string, string>> = {
  persistentvolumes: 'kubernetes.io/pv-protection',
  persistentvolumeclaims: 'kubernetes.io/pvc-protection',
};

/**
 * The plugin StorageObjectInUseProtection: new volumes and claims get a finalizer that keeps them while they are used. Mirrors
 * plugin/pkg/admission/storage/storageobjectinuseprotection, v1.24.
 */
export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  operations: ['CREATE'],
  admit: (_cluster, { group, resource, subresource, object }) => {
    const finalizer = Object.hasOwn(FINALIZERS, resource) ? FINALIZERS[resource] : undefined;
    if (group !== '' || subresource !== '' || finalizer === undefined) return {};
    const metadata = metadataOf(object);
    const finalizers = list(metadata.finalizers);
    if (finalizers.includes(finalizer)) return {};
    return { object: { ...object, metadata: { ...metadata, finalizers: [...finalizers, finalizer] } } };
  },
};
