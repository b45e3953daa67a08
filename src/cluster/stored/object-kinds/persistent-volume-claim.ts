import { isObject } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { roundUpResources } from '../../defaults/default-container.ts';
import { withoutFields } from '../../index/without-fields.ts';
import type { ObjectKind } from './object-kind.ts';

const FIRST_ANY_DATA_SOURCE = 24;

/** v1 PersistentVolumeClaim. Mirrors pkg/apis/core/v1 defaults and pkg/registry/core/persistentvolumeclaim, v1.24. */
export const persistentVolumeClaimKind: ObjectKind = {
  group: '',
  kind: 'PersistentVolumeClaim',
  complete: completeClaim,
  forCreate: (object, { minor }) => ({
    ...object,
    spec:
      minor >= FIRST_ANY_DATA_SOURCE
        ? settleDataSources(withoutForeign(object.spec as JsonObject, minor), false)
        : (object.spec as JsonObject),
    status: {},
  }),
  forUpdate: (object, old, subresource, { minor }) => {
    if (subresource === 'status') return { ...object, spec: old.spec ?? {} };
    if (subresource !== '') return object;
    const before = old.spec as JsonObject;
    const wasSet = 'dataSource' in before || 'dataSourceRef' in before;
    const spec = object.spec as JsonObject;
    const settled = minor >= FIRST_ANY_DATA_SOURCE ? settleDataSources(spec, wasSet) : spec;
    return { ...object, spec: settled, status: old.status ?? {} };
  },
};

/** Mirrors SetObjectDefaults_PersistentVolumeClaim; in place. */
export function completeClaim(claim: JsonObject): void {
  const spec = claim.spec as JsonObject;
  const status = claim.status as JsonObject;
  status.phase ??= 'Pending';
  spec.volumeMode ??= 'Filesystem';
  spec.resources ??= {};
  if (isObject(spec.resources)) {
    roundUp(spec.resources.limits);
    roundUp(spec.resources.requests);
  }
  roundUp(status.capacity);
  roundUp(status.allocatedResources);
}

function roundUp(resources: Json | undefined): void {
  if (isObject(resources)) roundUpResources(resources as Record<string, string>);
}

/** The gate CrossNamespaceVolumeDataSource is closed. */
const FIRST_FOREIGN_SOURCE = 26;

function withoutForeign(spec: JsonObject, minor: number): JsonObject {
  const { dataSourceRef } = spec;
  const isForeign = isObject(dataSourceRef) && 'namespace' in dataSourceRef;
  return isForeign && minor >= FIRST_FOREIGN_SOURCE ? withoutFields(spec, ['dataSourceRef']) : spec;
}

/** Of new data sources only claims and snapshots are kept unless dataSourceRef is used; then both fields say the same. */
function settleDataSources(spec: JsonObject, wasSet: boolean): JsonObject {
  const { dataSource, dataSourceRef } = spec;
  if (isObject(dataSourceRef)) {
    // From 1.26 on one that names another namespace is not copied.
    return isObject(dataSource) || 'namespace' in dataSourceRef ? spec : { ...spec, dataSource: dataSourceRef };
  }
  if (!isObject(dataSource)) return spec;
  return wasSet || isKeptSource(dataSource)
    ? { ...spec, dataSourceRef: dataSource }
    : withoutFields(spec, ['dataSource']);
}

function isKeptSource({ apiGroup = '', kind }: JsonObject): boolean {
  if (kind === 'PersistentVolumeClaim') return apiGroup === '';
  return kind === 'VolumeSnapshot' && apiGroup === 'snapshot.storage.k8s.io';
}
