import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import { aggregateMessages } from '../../../cluster/index/field-error.ts';
import { type StoredObject, storedIn } from '../../../cluster/stored/stored-objects.ts';
import { compareBytes } from '../../../lang/byte-order.ts';
import { formatQuantity } from '../../../lang/quantity.ts';
import { readResourceList } from '../../../lang/resource-list.ts';
import type { LimitRange, LimitRangeItem } from '../../../model/kinds/limit-range.ts';
import type { PersistentVolumeClaim } from '../../../model/kinds/persistent-volume-claim.ts';
import type { Reason } from '../../verdict.ts';
import { forbidden } from '../request/forbidden.ts';
import { brokenBound, type Limit } from './limit-constraints.ts';
import { withDefaultLimits } from './limit-defaults.ts';
import type { AdmissionAttributes, AdmissionPlugin, PluginOutcome } from '../request/plugin.ts';
import { limitRangerTotals, type PodTotals } from '../request/pod-totals.ts';
import { podObject, requestedPod } from '../request/requested-pod.ts';

const BOUNDS = ['min', 'max', 'maxLimitRequestRatio'] as const;
const LAST_DOTS = 14;
const LAST_UPDATES = 12;
const FIRST_RESIZE = 32;

/**
 * The plugin LimitRanger: fills default requests and limits into new pods, and refuses new pods and claims that ask for more, less or at
 * another ratio than the LimitRanges of their namespace allow. Mirrors plugin/pkg/admission/limitranger, v1.11 to v1.37; several
 * LimitRanges count in byte order of their names, where a server takes them in an order of its own each time.
 */
export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  operations: ['CREATE', 'UPDATE'],
  admit: (cluster, attributes) => {
    const pod = limitedPod(attributes, cluster.version.value.minor);
    if (pod === undefined) return {};
    let filled = pod;
    for (const range of storedIn(cluster, '', 'LimitRange', attributes.namespace)) {
      filled = withDefaultLimits(filled, itemsOf(range));
    }
    return filled === pod ? {} : { object: podObject(filled) };
  },
  validate,
};

function validate(cluster: Cluster, attributes: AdmissionAttributes): PluginOutcome {
  const { minor } = cluster.version.value;
  const pod = limitedPod(attributes, minor);
  const claim = pod === undefined ? requestedClaim(attributes) : undefined;
  if (pod === undefined && claim === undefined) return {};
  for (const range of storedIn(cluster, '', 'LimitRange', attributes.namespace)) {
    const broken = pod === undefined ? brokenByClaim(range, claim ?? {}) : brokenByPod(range, pod, minor);
    if (broken.length === 0) continue;
    const end = minor <= LAST_DOTS ? '.' : '';
    const parts = [...new Set(broken.map(({ message }) => `${message}${end}`))].sort(compareBytes);
    const because = broken.map(({ reason }) => reason);
    return { rejection: forbidden(attributes, aggregateMessages(parts), because, parts.length > 1 ? parts : []) };
  }
  return {};
}

/** A pod that is being created or resized; otherwise a stored one keeps what it was given, but for servers up to 1.12. */
function limitedPod(attributes: AdmissionAttributes, minor: number): ServerPod | undefined {
  const { operation, subresource, oldObject } = attributes;
  const pod = requestedPod(attributes);
  const old = oldObject as ServerPod | undefined;
  if (old?.metadata.deletionTimestamp !== undefined) return undefined;
  if (operation === 'UPDATE' && subresource === 'resize') return minor >= FIRST_RESIZE ? pod : undefined;
  return subresource === '' && (operation === 'CREATE' || minor <= LAST_UPDATES) ? pod : undefined;
}

function requestedClaim({ group, resource, subresource, object, oldObject }: AdmissionAttributes) {
  if (group !== '' || resource !== 'persistentvolumeclaims' || subresource !== '') return undefined;
  const old: PersistentVolumeClaim | undefined = oldObject;
  return old?.metadata?.deletionTimestamp === undefined ? (object as PersistentVolumeClaim) : undefined;
}

function itemsOf({ value }: StoredObject): readonly LimitRangeItem[] {
  return (value as LimitRange).spec?.limits ?? [];
}

function brokenByPod(range: StoredObject, { spec }: ServerPod, minor: number): Broken[] {
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ resources }) => ({
    requests: readResourceList(resources?.requests),
    limits: readResourceList(resources?.limits),
  }));
  return broken(range, BOUNDS, (type) => {
    if (type === 'Container') return containers;
    return type === 'Pod' ? [limitRangerTotals(spec, minor)] : [];
  });
}

function brokenByClaim(range: StoredObject, { spec }: PersistentVolumeClaim): Broken[] {
  const totals = { requests: readResourceList(spec?.resources?.requests), limits: readResourceList() };
  return broken(range, ['min', 'max'], (type) => (type === 'PersistentVolumeClaim' ? [totals] : []));
}

/** A bound that is broken: what the server says about it, and where it stands. */
interface Broken {
  readonly message: string;
  readonly reason: Reason;
}

function broken(
  range: StoredObject,
  bounds: readonly Limit['bound'][],
  subjects: (type: string) => readonly PodTotals[],
): Broken[] {
  return itemsOf(range).flatMap((item, index) =>
    subjects(item.type ?? '').flatMap((totals) =>
      bounds.flatMap((bound) =>
        [...readResourceList(item[bound])].flatMap(([resource, enforced]) => {
          const message = brokenBound({ type: item.type ?? '', bound, resource, enforced }, totals);
          if (message === '') return [];
          const sentence = `${bound} of ${resource} is ${formatQuantity(enforced)}`;
          const path = ['spec', 'limits', index, bound, resource];
          return [{ message, reason: { object: range.object, path, sentence } }];
        }),
      ),
    ),
  );
}
