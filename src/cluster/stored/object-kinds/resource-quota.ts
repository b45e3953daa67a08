import { isObject } from '../../../model/json.ts';
import type { ResourceQuota } from '../../../model/kinds/resource-quota.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { roundUpResources } from '../../defaults/default-container.ts';
import { withPlainPrefix } from '../../index/generated-name.ts';
import { metadataErrors } from '../../validation/metadata-validation.ts';
import { dnsSubdomainErrors } from '../../validation/name-formats.ts';
import { quotaErrors } from '../../validation/quota-validation.ts';
import type { ObjectKind } from './object-kind.ts';
import { metadataOf } from '../object-metadata.ts';

/** v1 ResourceQuota. Its status is kept: of a living quota it says what admission counts with. */
export const resourceQuotaKind: ObjectKind = {
  group: '',
  kind: 'ResourceQuota',
  complete: (object) => {
    const { hard, used } = object.status as JsonObject;
    for (const list of [(object.spec as JsonObject).hard, hard, used]) roundUp(list);
  },
  errors: (object, { minor }) => {
    const { spec = {} }: ResourceQuota = object;
    const errors = metadataErrors(withPlainPrefix(metadataOf(object)), true, dnsSubdomainErrors);
    return [...errors, ...quotaErrors(spec, ['spec'], minor)];
  },
};

function roundUp(resources: Json | undefined): void {
  if (isObject(resources)) roundUpResources(resources as Record<string, string>);
}
