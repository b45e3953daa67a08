import type { Cluster } from '../../cluster/index/cluster.ts';
import { podServer } from '../../cluster/index/feature-gates.ts';
import { objectKind } from '../../cluster/stored/object-kinds/object-kinds.ts';
import { createdObject, updatedObject } from '../../cluster/stored/object-kinds/server-object.ts';
import { metadataOf } from '../../cluster/stored/object-metadata.ts';
import { checkCreation } from '../../cluster/stored/write/write-steps.ts';
import type { Check, ObjectError } from '../../cluster/validation/check/check.ts';
import type { JsonObject } from '../../model/object.ts';
import type { AdmissionAttributes } from './request/plugin.ts';

/** What the registry makes of the object of a request. */
export interface StoreOutcome {
  readonly object: JsonObject;
  readonly errors: readonly ObjectError[];
  readonly warnings: readonly string[];
}

const CLUSTER_NAME_WARNING =
  'metadata.clusterName was specified. This field is not preserved and will be removed from the schema in 1.25';
const STORED_SUBRESOURCES = new Set(['', 'status', 'ephemeralcontainers']);

/** The object as it would be stored, what validation has against it (nothing without options for it) and what the server warns of. Mirrors rest.Before{Create,Update}, v1.24. */
export function storeObject(
  cluster: Cluster,
  { operation, group, kind, namespaced, subresource, object, oldObject }: AdmissionAttributes,
  validation: Pick<Check, 'allowPrivileged'> | undefined,
): StoreOutcome {
  const server = podServer(cluster);
  const isStored = operation === 'UPDATE' ? STORED_SUBRESOURCES.has(subresource) : subresource === '';
  const warnings = isStored && 'clusterName' in metadataOf(object) ? [CLUSTER_NAME_WARNING] : [];
  if (operation === 'UPDATE') {
    const updated = oldObject === undefined ? object : updatedObject(object, oldObject, group, subresource, server);
    return { object: updated, errors: [], warnings };
  }
  if (subresource !== '') return { object, errors: [], warnings };
  const stored = createdObject(object, group, server);
  if (validation === undefined) return { object: stored, errors: [], warnings };
  const check: Check = { minor: server.minor, ...validation, errors: [], late: [] };
  checkCreation(check, stored, { group, kind, namespaced });
  const errors = [...check.errors, ...check.late];
  if (errors.length === 0) warnings.push(...(objectKind(group, kind)?.warnings?.(stored, server) ?? []));
  return { object: stored, errors, warnings };
}
