import { limitRangeKind } from './limit-range.ts';
import type { ObjectKind } from './object-kind.ts';
import { persistentVolumeClaimKind } from './persistent-volume-claim.ts';
import { podKind } from './pod.ts';
import { resourceQuotaKind } from './resource-quota.ts';
import { secretKind } from './secret.ts';
import { serviceKind } from './service.ts';

/** The kinds whose objects the server does more with than decode them. */
const KINDS: readonly ObjectKind[] = [
  limitRangeKind,
  persistentVolumeClaimKind,
  podKind,
  resourceQuotaKind,
  secretKind,
  serviceKind,
];

const byName = new Map(KINDS.map((kind) => [`${kind.group}/${kind.kind}`, kind]));

/** What the server does with the objects of a kind; undefined for one that it only decodes. */
export function objectKind(group: string, kind: string): ObjectKind | undefined {
  return byName.get(`${group}/${kind}`);
}
