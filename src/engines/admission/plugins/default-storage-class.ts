import type { Cluster } from '../../../cluster/index/cluster.ts';
import { metadataOf } from '../../../cluster/stored/object-metadata.ts';
import { storedObjects } from '../../../cluster/stored/stored-objects.ts';
import { isObject } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { defaultClasses, defaultReasons } from './default-classes.ts';
import { forbidden } from '../request/forbidden.ts';
import type { AdmissionPlugin, PluginOutcome } from '../request/plugin.ts';

const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';
const DEFAULT_ANNOTATIONS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];
/** From this minor on the youngest of several default classes is taken; before, claims without a class were refused then. */
const FIRST_YOUNGEST = 26;

/**
 * The plugin DefaultStorageClass: a new claim that names no class gets the default one. Mirrors
 * plugin/pkg/admission/storage/storageclass/setdefault, v1.24, and of v1.26 what becomes of several default classes.
 */
export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  operations: ['CREATE'],
  admit: (cluster, attributes): PluginOutcome => {
    const { group, resource, subresource, object } = attributes;
    if (group !== '' || resource !== 'persistentvolumeclaims' || subresource !== '') return {};
    const spec = object.spec as JsonObject;
    const { annotations } = metadataOf(object);
    const isNamed = isObject(annotations) && Object.hasOwn(annotations, CLASS_ANNOTATION);
    if (isNamed || spec.storageClassName !== undefined) return {};
    const classes = defaultStorageClasses(cluster);
    if (classes.length > 1 && cluster.version.value.minor < FIRST_YOUNGEST) {
      const detail = `Internal error occurred: ${classes.length} default StorageClasses were found`;
      return { rejection: forbidden(attributes, detail, defaultReasons(classes)) };
    }
    const [chosen] = classes;
    if (chosen === undefined) return noDefault(cluster);
    return { object: { ...object, spec: { ...spec, storageClassName: chosen.name } } };
  },
};

/** The StorageClasses that are marked as the default one. */
export function defaultStorageClasses(cluster: Cluster): ReturnType<typeof defaultClasses> {
  return defaultClasses(storedObjects(cluster, 'storage.k8s.io', 'StorageClass'), DEFAULT_ANNOTATIONS);
}

function noDefault(cluster: Cluster): PluginOutcome {
  if (cluster.settings.complete === true) return {};
  const sentence = 'there is no default StorageClass';
  return { assumptions: [{ sentence, decide: 'add the manifests of the StorageClasses to the tree' }] };
}
