import type { Cluster, ObjectPlace } from '../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../cluster/index/object-index.ts';
import { defaultStorageClasses } from '../../engines/admission/plugins/default-storage-class.ts';
import { storedObjects } from '../../cluster/stored/stored-objects.ts';
import { record } from '../../model/json.ts';
import type { ObjectMeta } from '../../model/kinds/metadata.ts';
import type { PersistentVolumeClaimSpec } from '../../model/kinds/persistent-volume-claim.ts';
import { objectValue, plainJson } from '../../model/object-value.ts';
import type { JsonObject, ManifestObject } from '../../model/object.ts';
import { lazily } from './lazily.ts';
import type { FactContext } from './fact-context.ts';

/** Which storage classes claims get. */
export interface StorageFacts {
  /** The StorageClasses that manifests declare. */
  readonly classes: readonly ManifestObject[];
  /** Those of them that are marked as the default. */
  readonly defaults: readonly ManifestObject[];
  /** The linted claims, templates of StatefulSets included, that name no class, and that no declared volume without a class may serve. */
  readonly unnamed: readonly ObjectPlace[];
  /** Whether several default classes make the server refuse such claims, as it does up to 1.25. */
  readonly refusesSeveral: boolean;
}

interface Claim {
  readonly metadata?: ObjectMeta;
  readonly spec?: PersistentVolumeClaimSpec;
}

const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';
const LAST_REFUSING = 25;

/** Answers from StorageClasses and claims. */
export const storageFacts = lazily<FactContext, StorageFacts>({
  classes: ({ cluster }) => storedObjects(cluster, 'storage.k8s.io', 'StorageClass').map(({ object }) => object),
  defaults: ({ cluster }) => defaultStorageClasses(cluster).map(({ object }) => object),
  unnamed: ({ cluster }) => unnamedClaims(cluster),
  refusesSeveral: ({ cluster }) => cluster.version.value.minor <= LAST_REFUSING,
});

function unnamedClaims(cluster: Cluster): readonly ObjectPlace[] {
  const version = cluster.version.value;
  const volumes = objectsOfKind(cluster, '', 'PersistentVolume').map(({ node }) => record(plainJson(node)));
  // Where nothing gives a claim a class, it is bound to a volume that has none either.
  if (volumes.some(hasNoClass)) return [];
  const isLinted = (object: ManifestObject): boolean => !cluster.context.has(object);
  const claims = objectsOfKind(cluster, '', 'PersistentVolumeClaim').filter(
    (object) => isLinted(object) && namesNoClass(objectValue(object, version)),
  );
  const templates = objectsOfKind(cluster, 'apps', 'StatefulSet')
    .filter(isLinted)
    .flatMap((object) => {
      const { spec } = objectValue(object, version) as { spec?: { volumeClaimTemplates?: readonly Claim[] } };
      return (spec?.volumeClaimTemplates ?? []).flatMap((template, index) =>
        namesNoClass(template) ? [{ object, path: ['spec', 'volumeClaimTemplates', index, 'metadata', 'name'] }] : [],
      );
    });
  return [...claims.map((object) => ({ object, path: ['metadata', 'name'] })), ...templates];
}

/** A claim that is bound to a volume by name, or that selects one by its labels, needs no class: nobody provisions for a selector. */
function namesNoClass({ metadata, spec }: Claim): boolean {
  if (spec?.storageClassName !== undefined || spec?.selector !== undefined || (spec?.volumeName ?? '') !== '')
    return false;
  return metadata?.annotations?.[CLASS_ANNOTATION] === undefined;
}

function hasNoClass(volume: JsonObject): boolean {
  const name = record(volume.spec).storageClassName ?? '';
  return name === '' && record(record(volume.metadata).annotations)[CLASS_ANNOTATION] === undefined;
}
