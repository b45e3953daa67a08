import type { Gvk } from './res-id.ts';

/** The kinds that are applied before all others, in this order. */
export const ORDER_FIRST: readonly string[] = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];

/** The kinds that are applied after all others, in this order. */
export const ORDER_LAST: readonly string[] = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** The place of a kind: below 0 for the first ones, above for the last. */
export function kindOrder(kind: string, first: readonly string[], last: readonly string[]): number {
  const fromEnd = last.lastIndexOf(kind);
  if (fromEnd >= 0) return 1 + fromEnd;
  const fromStart = first.lastIndexOf(kind);
  return fromStart < 0 ? 0 : fromStart - first.length;
}

/** `group_version_kind`, where what is absent sorts behind what is there. */
export function gvkSortText({ group, version, kind }: Gvk): string {
  return [group || '~G', version || '~V', kind || '~K'].join('_');
}
