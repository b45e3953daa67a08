import { qualifiedNameErrors } from '../../../cluster/validation/name-formats.ts';
import { compareBytes } from '../../../lang/byte-order.ts';
import type { AdmissionPlugin } from '../request/plugin.ts';
import { wholePod, withSpec } from '../request/requested-pod.ts';
import { withToleration } from './tolerations.ts';

const QUOTA_PREFIX = 'requests.';

/**
 * The plugin ExtendedResourceToleration: who asks for a device tolerates the taint that keeps others off its nodes. Mirrors
 * plugin/pkg/admission/extendedresourcetoleration, v1.24.
 */
export const extendedResourceToleration: AdmissionPlugin = {
  name: 'ExtendedResourceToleration',
  operations: ['CREATE', 'UPDATE'],
  admit: (_cluster, attributes) => {
    const pod = wholePod(attributes);
    if (pod === undefined) return {};
    const { containers = [], initContainers = [], tolerations = [] } = pod.spec;
    const requested = [...containers, ...initContainers].flatMap(({ resources }) =>
      Object.keys(resources?.requests ?? {}),
    );
    const extended = [...new Set(requested.filter(isExtendedResource))].sort(compareBytes);
    const tolerated = extended.reduce(
      (list, key) => withToleration(list, { key, operator: 'Exists', effect: 'NoSchedule' }),
      tolerations,
    );
    return tolerated === tolerations ? {} : { object: withSpec(pod, { tolerations: tolerated }) };
  },
};

/** A resource that does not belong to Kubernetes itself. Mirrors IsExtendedResourceName of pkg/apis/core/helper. */
function isExtendedResource(name: string): boolean {
  if (!name.includes('/') || name.includes('kubernetes.io/') || name.startsWith(QUOTA_PREFIX)) return false;
  return qualifiedNameErrors(`${QUOTA_PREFIX}${name}`).length === 0;
}
