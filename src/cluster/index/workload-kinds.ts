import type { FieldPath } from '../../text/tree.ts';
import { storageGroup } from './identity.ts';

/** A built-in kind that leads to pods. */
export interface WorkloadKind {
  /** Where the pod template stands; for a Pod, where the pod stands. */
  readonly templatePath: FieldPath;
  /** The controller that creates the pods, by the name of its account in kube-system; '' where none does. */
  readonly controller: string;
}

const template: FieldPath = ['spec', 'template'];

/**
 * By storage group and kind, in all versions ever served. Controllers' names are those that kube-controller-manager builds its clients
 * with (cmd/kube-controller-manager/app/{apps,batch,core}.go, v1.24), equal since 1.11.
 */
const kinds: ReadonlyMap<string, WorkloadKind> = new Map<string, WorkloadKind>([
  ['/Pod', { templatePath: [], controller: '' }],
  ['/PodTemplate', { templatePath: ['template'], controller: '' }],
  ['/ReplicationController', { templatePath: template, controller: 'replication-controller' }],
  ['apps/ReplicaSet', { templatePath: template, controller: 'replicaset-controller' }],
  ['apps/Deployment', { templatePath: template, controller: 'replicaset-controller' }],
  ['apps/StatefulSet', { templatePath: template, controller: 'statefulset-controller' }],
  ['apps/DaemonSet', { templatePath: template, controller: 'daemon-set-controller' }],
  ['batch/Job', { templatePath: template, controller: 'job-controller' }],
  ['batch/CronJob', { templatePath: ['spec', 'jobTemplate', ...template], controller: 'job-controller' }],
]);

/** What is known of an object's kind as a maker of pods; undefined for all other kinds. */
export function workloadKind(object: { readonly group: string; readonly kind: string }): WorkloadKind | undefined {
  return kinds.get(`${storageGroup(object.group, object.kind)}/${object.kind}`);
}
