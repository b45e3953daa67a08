import type { AdmissionPlugin } from '../request/plugin.ts';
import { forbiddenObject } from '../request/rejections.ts';
import { wholePod } from '../request/requested-pod.ts';

const HOSTNAME = 'kubernetes.io/hostname';

/**
 * The plugin LimitPodHardAntiAffinityTopology: pods may keep others off their node, not off a whole zone. Mirrors
 * plugin/pkg/admission/antiaffinity, v1.24.
 */
export const limitPodHardAntiAffinityTopology: AdmissionPlugin = {
  name: 'LimitPodHardAntiAffinityTopology',
  operations: ['CREATE', 'UPDATE'],
  validate: (_cluster, attributes) => {
    const terms = wholePod(attributes)?.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    const wide = terms?.find(({ topologyKey }) => topologyKey !== HOSTNAME);
    if (wide === undefined) return {};
    const detail = `affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey ${wide.topologyKey ?? ''} but only key ${HOSTNAME} is allowed`;
    return { rejection: forbiddenObject(attributes, detail) };
  },
};
