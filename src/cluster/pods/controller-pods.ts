import { list, record } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { PodServer } from '../index/feature-gates.ts';
import { createdName } from '../index/generated-name.ts';
import { objectUid, podPrefix, scheduledTime, unknownHash } from './server-named.ts';
import { templateHash } from './template-hash/template-hash.ts';

/** The object that a pod is made for, and its template. */
export interface PodMaking {
  readonly kind: string;
  /** The workload's own name. */
  readonly name: string;
  readonly spec: JsonObject;
  readonly template: JsonObject;
  readonly server: PodServer;
}

/** What a controller makes of a template: the pod's metadata and spec. */
export interface MadePod {
  readonly metadata: JsonObject;
  readonly spec: JsonObject;
  /** Where the volumes of the pod stand in the owner, where that is not the template's own list in order. */
  readonly volumePaths?: readonly FieldPath[];
  /** The real name behind one of the pod's that holds a stand-in; left out where no name can do so. Worked out when first called. */
  readonly realName?: (name: string) => string;
}

const FIRST_CUT_NAMES = 34;
const LONGEST_NAME = 253;

/**
 * A pod as the controller of its kind creates it, defaults of the API server aside. Mirrors pkg/controller/controller_utils.go
 * GetPodFromTemplate and the controllers named below, v1.24, with what later versions add.
 */
export function makePod(making: PodMaking): MadePod {
  switch (making.kind) {
    case 'Deployment':
      return deploymentPod(making);
    case 'StatefulSet':
      return statefulSetPod(making);
    case 'DaemonSet':
      return daemonSetPod(making);
    case 'Job':
      return jobPod(making, making.name, making.spec);
    case 'CronJob':
      return jobPod(making, `${making.name}-${scheduledTime}`, record(record(making.spec.jobTemplate).spec));
    case 'ReplicationController':
      return ownedPod(making, 'v1', making.kind, making.name);
    case 'ReplicaSet':
      return ownedPod(making, 'apps/v1', making.kind, making.name);
    default:
      return {
        metadata: { ...templateMetadata(making.template), generateName: podPrefix(making.name) },
        spec: podSpec(making),
      };
  }
}

function podSpec(making: PodMaking): JsonObject {
  return record(making.template.spec);
}

/** Of a template's metadata only these reach the pod. */
function templateMetadata(template: JsonObject): JsonObject {
  const metadata = record(template.metadata);
  const kept: JsonObject = {};
  for (const field of ['labels', 'annotations', 'finalizers']) {
    const value = metadata[field];
    if (value !== undefined && value !== null) kept[field] = value;
  }
  return kept;
}

function ownedPod(
  making: PodMaking,
  apiVersion: string,
  kind: string,
  ownerName: string,
  labels: JsonObject = {},
): MadePod {
  const metadata = templateMetadata(making.template);
  const owner = { apiVersion, kind, name: ownerName, uid: objectUid, controller: true, blockOwnerDeletion: true };
  return {
    metadata: {
      generateName: podPrefix(ownerName),
      ...metadata,
      labels: { ...record(metadata.labels), ...labels },
      ownerReferences: [owner],
    },
    spec: podSpec(making),
  };
}

/**
 * Through a ReplicaSet whose name ends in a hash of the template (pkg/controller/deployment/sync.go getNewReplicaSet). Only messages say
 * that name, so the pod holds a stand-in for the hash until one does.
 */
function deploymentPod(making: PodMaking): MadePod {
  const pod = ownedPod(making, 'apps/v1', 'ReplicaSet', replicaSetName(making, unknownHash), {
    'pod-template-hash': unknownHash,
  });
  let real: string | undefined;
  const realName = (name: string): string => {
    const standIn = podPrefix(replicaSetName(making, unknownHash));
    const isCreated = name === createdName({ generateName: standIn });
    if (!isCreated && name !== standIn) return name;
    real ??= podPrefix(replicaSetName(making, templateHash(making.template, making.server) ?? unknownHash));
    return isCreated ? createdName({ generateName: real }) : real;
  };
  return { ...pod, realName };
}

/** From 1.34 on the Deployment's part gives way where the whole would be too long for a name. */
function replicaSetName({ name, server }: PodMaking, hash: string): string {
  const kept = server.minor >= FIRST_CUT_NAMES ? name.slice(0, LONGEST_NAME - 1 - hash.length) : name;
  return `${kept}-${hash}`;
}

/** The first replica; claims become volumes (pkg/controller/statefulset/stateful_set_utils.go). */
function statefulSetPod(making: PodMaking): MadePod {
  const name = `${making.name}-0`;
  const labels: JsonObject = {
    'controller-revision-hash': `${making.name}-${unknownHash}`,
    'statefulset.kubernetes.io/pod-name': name,
    ...(making.server.minor >= 28 ? { 'apps.kubernetes.io/pod-index': '0' } : {}),
  };
  const pod = ownedPod(making, 'apps/v1', making.kind, making.name, labels);
  const { serviceName } = making.spec;
  const spec: JsonObject = { ...pod.spec, hostname: name };
  if (typeof serviceName === 'string' && serviceName !== '') spec.subdomain = serviceName;
  const made = { metadata: { name, ...pod.metadata }, spec };

  const claims = list(making.spec.volumeClaimTemplates).map((claim) => record(record(claim).metadata).name);
  if (claims.length === 0) return made;
  const claimNames = new Set(claims);
  const volumes: Json[] = [];
  const volumePaths: FieldPath[] = [];
  for (const [index, claim] of claims.entries()) {
    if (typeof claim !== 'string' || claims.indexOf(claim) !== index) continue;
    volumes.push({ name: claim, persistentVolumeClaim: { claimName: `${claim}-${name}` } });
    volumePaths.push(['spec', 'volumeClaimTemplates', index]);
  }
  for (const [index, volume] of list(pod.spec.volumes).entries()) {
    if (claimNames.has(record(volume).name)) continue;
    volumes.push(volume);
    volumePaths.push(['spec', 'template', 'spec', 'volumes', index]);
  }
  return { metadata: made.metadata, spec: { ...spec, volumes }, volumePaths };
}

/** Tolerations that every daemon pod gets; the last only with the host's network (pkg/controller/daemon/util AddOrUpdateDaemonPodTolerations). */
const daemonTaints: readonly (readonly [key: string, effect: string])[] = [
  ['not-ready', 'NoExecute'],
  ['unreachable', 'NoExecute'],
  ['disk-pressure', 'NoSchedule'],
  ['memory-pressure', 'NoSchedule'],
  ['pid-pressure', 'NoSchedule'],
  ['unschedulable', 'NoSchedule'],
  ['network-unavailable', 'NoSchedule'],
];

/** The affinity to one node is left out: it differs from pod to pod, and nothing that is judged looks at it. */
function daemonSetPod(making: PodMaking): MadePod {
  const labels = { 'controller-revision-hash': unknownHash, 'pod-template-generation': '1' };
  const pod = ownedPod(making, 'apps/v1', making.kind, making.name, labels);
  const tolerations = [...list(pod.spec.tolerations)];
  for (const [taint, effect] of pod.spec.hostNetwork === true ? daemonTaints : daemonTaints.slice(0, -1)) {
    const key = `node.kubernetes.io/${taint}`;
    const has = tolerations.some((each) => {
      const own = record(each);
      return own.key === key && own.effect === effect && own.operator === 'Exists';
    });
    if (!has) tolerations.push({ key, operator: 'Exists', effect });
  }
  return { metadata: pod.metadata, spec: { ...pod.spec, tolerations } };
}

const indexAnnotation = 'batch.kubernetes.io/job-completion-index';

/** The first pod of a Job (pkg/registry/batch/job/strategy.go generateSelector, pkg/controller/job). */
function jobPod(making: PodMaking, jobName: string, spec: JsonObject): MadePod {
  const own = record(record(making.template.metadata).labels);
  const labels: JsonObject = {};
  if (spec.manualSelector !== true) {
    const prefixes = making.server.minor >= 27 ? ['', 'batch.kubernetes.io/'] : [''];
    for (const prefix of prefixes) {
      labels[`${prefix}job-name`] = own[`${prefix}job-name`] ?? jobName;
      labels[`${prefix}controller-uid`] = own[`${prefix}controller-uid`] ?? objectUid;
    }
  }
  const pod = ownedPod(making, 'batch/v1', 'Job', jobName, labels);
  if (spec.completionMode !== 'Indexed') return pod;
  const index = [
    {
      name: 'JOB_COMPLETION_INDEX',
      valueFrom: { fieldRef: { fieldPath: `metadata.annotations['${indexAnnotation}']` } },
    },
  ];
  const withIndex = (container: Json): Json => {
    const env = list(record(container).env);
    if (env.some((variable) => record(variable).name === 'JOB_COMPLETION_INDEX')) return container;
    return { ...record(container), env: [...env, ...index] };
  };
  const indexed: JsonObject = { ...pod.spec, hostname: `${jobName}-0` };
  for (const field of ['initContainers', 'containers']) {
    const containers = pod.spec[field];
    if (Array.isArray(containers)) indexed[field] = containers.map(withIndex);
  }
  const annotations = { ...record(pod.metadata.annotations), [indexAnnotation]: '0' };
  return { metadata: { ...pod.metadata, annotations, generateName: `${jobName}-0-` }, spec: indexed };
}
