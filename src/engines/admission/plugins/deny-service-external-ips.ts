import { list, record } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { forbidden } from '../request/forbidden.ts';
import type { AdmissionPlugin } from '../request/plugin.ts';

/**
 * The plugin DenyServiceExternalIPs: Services may keep their external addresses, not take new ones. Mirrors
 * plugin/pkg/admission/network/denyserviceexternalips, v1.24.
 */
export const denyServiceExternalIPs: AdmissionPlugin = {
  name: 'DenyServiceExternalIPs',
  operations: ['CREATE', 'UPDATE'],
  validate: (_cluster, attributes) => {
    const { group, resource, subresource, object, oldObject } = attributes;
    if (group !== '' || resource !== 'services' || subresource !== '') return {};
    const before = addressesOf(oldObject);
    if (addressesOf(object).every((address) => before.includes(address))) return {};
    return { rejection: forbidden(attributes, 'Use of external IPs is denied by admission control') };
  },
};

function addressesOf(service: JsonObject | undefined): readonly Json[] {
  return list(record(service?.spec).externalIPs);
}
