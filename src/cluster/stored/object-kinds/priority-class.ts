import { metadataOf } from '../object-metadata.ts';
import type { ObjectKind } from './object-kind.ts';

/** Since this minor the gate NonPreemptingPriority is open. */
const FIRST_PREEMPTION_POLICY = 19;

/** scheduling.k8s.io PriorityClass. Mirrors SetDefaults_PriorityClass and pkg/registry/scheduling/priorityclass, v1.24. */
export const priorityClassKind: ObjectKind = {
  group: 'scheduling.k8s.io',
  kind: 'PriorityClass',
  complete: (object, { minor }) => {
    if (minor >= FIRST_PREEMPTION_POLICY) object.preemptionPolicy ??= 'PreemptLowerPriority';
  },
  forCreate: (object) => ({ ...object, metadata: { ...metadataOf(object), generation: 1 } }),
};
