import { groupBy } from '../../../lang/group-by.ts';
import { CLUSTER_KINDS } from './cluster-kinds.ts';
import { NETWORKING } from './networking.ts';
import { WORKLOADS } from './workloads.ts';
import { limitRangeKind } from './limit-range.ts';
import { namespaceKind } from './namespace.ts';
import type { ObjectKind } from './object-kind.ts';
import { persistentVolumeClaimKind } from './persistent-volume-claim.ts';
import { persistentVolumeKind } from './persistent-volume.ts';
import { podKind } from './pod.ts';
import { priorityClassKind } from './priority-class.ts';
import { resourceQuotaKind } from './resource-quota.ts';
import { runtimeClassKind } from './runtime-class.ts';
import { secretKind } from './secret.ts';
import { serviceKind } from './service.ts';

/** The kinds whose objects the server does more with than decode them. */
const KINDS: readonly ObjectKind[] = [
  limitRangeKind,
  namespaceKind,
  persistentVolumeClaimKind,
  persistentVolumeKind,
  podKind,
  priorityClassKind,
  resourceQuotaKind,
  runtimeClassKind,
  secretKind,
  serviceKind,
  ...CLUSTER_KINDS,
  ...NETWORKING,
  ...WORKLOADS,
];

const byName = groupBy(KINDS, ({ kind }) => kind);

/** What the server does with the objects of a kind; undefined for one that it only decodes. */
export function objectKind(group: string, kind: string): ObjectKind | undefined {
  return byName.get(kind)?.find((each) => each.group === group);
}
