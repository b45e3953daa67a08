import { list, record } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { withoutFields } from '../../index/without-fields.ts';
import { roundUpResources } from '../../defaults/default-container.ts';
import type { ObjectKind } from './object-kind.ts';
import { metadataOf } from '../object-metadata.ts';
import { fill, inside, keepStatus, ownStatus } from './strategy.ts';

/*
 * Kinds of storage, scheduling, scaling and the server itself. Mirrors the defaults of pkg/apis and the strategies of pkg/registry, v1.24 and v1.37.
 */

const FIRST_COUNTED_SCALERS = 33;
const FIRST_SELINUX_MOUNT = 25;
const FIRST_PREVENTION = 37;

const storageClassKind: ObjectKind = {
  group: 'storage.k8s.io',
  kind: 'StorageClass',
  complete: (object) => {
    fill(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' });
  },
};

const csiDriverKind: ObjectKind = {
  group: 'storage.k8s.io',
  kind: 'CSIDriver',
  complete: (object, { minor }) => {
    const spec = inside(object, 'spec');
    fill(spec, {
      attachRequired: true,
      podInfoOnMount: false,
      storageCapacity: false,
      fsGroupPolicy: 'ReadWriteOnceWithFSType',
      requiresRepublish: false,
    });
    if (spec !== undefined && list(spec.volumeLifecycleModes).length === 0) spec.volumeLifecycleModes = ['Persistent'];
    if (minor >= FIRST_SELINUX_MOUNT) fill(spec, { seLinuxMount: false });
    if (minor >= FIRST_PREVENTION) fill(spec, { preventPodSchedulingIfMissing: false });
  },
};

const budgetKind: ObjectKind = {
  group: 'policy',
  kind: 'PodDisruptionBudget',
  generation: 0,
  forCreate: (object, { minor }) => ({ ...object, spec: dropEvictions(object, minor), status: {} }),
  forUpdate: keepStatus,
};

const FIRST_EVICTION_POLICY = 27;

function dropEvictions(object: JsonObject, minor: number): JsonObject {
  const spec = record(object.spec);
  return minor < FIRST_EVICTION_POLICY ? withoutFields(spec, ['unhealthyPodEvictionPolicy']) : spec;
}

const podSecurityPolicyKind: ObjectKind = {
  group: 'policy',
  kind: 'PodSecurityPolicy',
  complete: (object) => {
    fill(inside(object, 'spec'), { allowPrivilegeEscalation: true });
  },
  forCreate: (object, { procMountType }) =>
    procMountType ? object : { ...object, spec: withoutFields(record(object.spec), ['allowedProcMountTypes']) },
  forUpdate: (object, _old, _subresource, { procMountType }) =>
    procMountType ? object : { ...object, spec: withoutFields(record(object.spec), ['allowedProcMountTypes']) },
};

const scalerKind: ObjectKind = {
  group: 'autoscaling',
  kind: 'HorizontalPodAutoscaler',
  generation: FIRST_COUNTED_SCALERS,
  complete: completeScaler,
  ...ownStatus({}),
};

const CPU_METRIC = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
};
const UP = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const DOWN = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] };

/** Mirrors the defaults of pkg/apis/autoscaling/{v1,v2beta2,v2}. */
function completeScaler(object: JsonObject): void {
  const spec = inside(object, 'spec');
  fill(spec, { minReplicas: 1 });
  if (spec === undefined) return;
  if (object.apiVersion === 'autoscaling/v1') {
    if (!(METRICS in record(metadataOf(object).annotations))) fill(spec, { targetCPUUtilizationPercentage: 80 });
    return;
  }
  if (list(spec.metrics).length === 0) spec.metrics = [structuredClone(CPU_METRIC)];
  const behavior = inside(spec, 'behavior');
  fill(behavior, { scaleUp: {}, scaleDown: {} });
  fill(inside(spec, 'behavior', 'scaleUp'), structuredClone(UP));
  fill(inside(spec, 'behavior', 'scaleDown'), structuredClone(DOWN));
}

const METRICS = 'autoscaling.alpha.kubernetes.io/metrics';

const nodeKind: ObjectKind = {
  group: '',
  kind: 'Node',
  complete: (object) => {
    const status = record(object.status);
    const spec = inside(object, 'spec');
    const blocks = list(spec?.podCIDRs);
    if (spec?.podCIDR !== undefined && blocks[0] !== spec.podCIDR) spec.podCIDRs = [spec.podCIDR];
    else if (spec !== undefined && blocks[0] !== undefined) spec.podCIDR = blocks[0];
    fill(status, { allocatable: structuredClone(status.capacity ?? {}) });
    for (const name of ['capacity', 'allocatable']) {
      const amounts = inside(status, name);
      if (amounts !== undefined) roundUpResources(amounts as Record<string, string>);
    }
  },
  forUpdate: keepStatus,
};

const flowSchemaKind: ObjectKind = {
  group: 'flowcontrol.apiserver.k8s.io',
  kind: 'FlowSchema',
  generation: 0,
  complete: (object) => {
    fill(inside(object, 'spec'), { matchingPrecedence: 1000 });
  },
  ...ownStatus({}),
};

const FIRST_NOMINAL_SHARES = 26;

const priorityLevelKind: ObjectKind = {
  group: 'flowcontrol.apiserver.k8s.io',
  kind: 'PriorityLevelConfiguration',
  generation: 0,
  complete: (object, { minor }) => {
    const limited = inside(object, 'spec', 'limited');
    if (minor < FIRST_NOMINAL_SHARES) fill(limited, { assuredConcurrencyShares: 30 });
    else fill(limited, { nominalConcurrencyShares: 30, lendablePercent: 0 });
    const exempt = inside(object, 'spec', 'exempt');
    fill(exempt, { nominalConcurrencyShares: 0, lendablePercent: 0 });
    fill(inside(object, 'spec', 'limited', 'limitResponse', 'queuing'), {
      queues: 64,
      handSize: 8,
      queueLengthLimit: 50,
    });
  },
  ...ownStatus({}),
};

const signingRequestKind: ObjectKind = {
  group: 'certificates.k8s.io',
  kind: 'CertificateSigningRequest',
  forCreate: (object) => ({
    ...object,
    spec: { ...record(object.spec), ...REQUESTER },
    status: {},
  }),
  forUpdate: (object, old) => ({ ...object, spec: old.spec ?? {}, status: old.status ?? {} }),
};

/** Who asks: what the administrator of a cluster is to it. */
const REQUESTER = { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

const deviceClassKind: ObjectKind = { group: 'resource.k8s.io', kind: 'DeviceClass', generation: 0 };

export const CLUSTER_KINDS: readonly ObjectKind[] = [
  storageClassKind,
  csiDriverKind,
  budgetKind,
  podSecurityPolicyKind,
  scalerKind,
  nodeKind,
  flowSchemaKind,
  priorityLevelKind,
  signingRequestKind,
  deviceClassKind,
];
