import type { JsonObject } from '../../../model/object.ts';
import type { AdmissionPlugin } from '../request/plugin.ts';

const NOT_READY = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

/** The plugin TaintNodesByCondition: a new node is not ready yet. Mirrors plugin/pkg/admission/nodetaint, v1.24. */
export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  operations: ['CREATE'],
  admit: (_cluster, { group, resource, subresource, object }) => {
    if (group !== '' || resource !== 'nodes' || subresource !== '') return {};
    const spec = (object.spec ?? {}) as JsonObject;
    const taints = (spec.taints ?? []) as JsonObject[];
    if (taints.some(({ key, effect }) => key === NOT_READY.key && effect === NOT_READY.effect)) return {};
    return { object: { ...object, spec: { ...spec, taints: [...taints, NOT_READY] } } };
  },
};
