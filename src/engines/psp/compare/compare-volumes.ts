import type { HostPortRange } from '../../../model/kinds/pod-security-policy.ts';
import { allowsHostPath } from '../strategies/host-paths.ts';
import { covers, intervals, type Interval } from '../strategies/intervals.ts';
import { VOLUME_TYPES, type VolumeRule } from '../strategies/volumes.ts';

const ALL_PORTS: readonly Interval[] = [[1, 65535]];

/** Whether the ports of b hold all those of a. */
export function permitsHostPorts(a: readonly HostPortRange[] = [], b: readonly HostPortRange[] = []): boolean {
  return covers(intervals(b, ALL_PORTS), intervals(a, ALL_PORTS));
}

/** Whether b permits every type of volume that a permits. The token volume that `secret` admits comes along with `secret`. */
export function permitsVolumeTypes({ types: a }: VolumeRule, { types: b }: VolumeRule): boolean {
  if (b.has('*')) return true;
  return (a.has('*') ? VOLUME_TYPES : [...a]).every((type) => b.has(type));
}

/** Whether b permits every host path that a permits, for writing where a does; of no account where a permits no host paths at all. */
export function permitsHostPaths(a: VolumeRule, b: VolumeRule): boolean {
  if (!admits(a.types, 'hostPath') || b.hostPaths.length === 0) return true;
  if (a.hostPaths.length === 0) return false;
  return a.hostPaths.every(({ pathPrefix = '', readOnly }) => {
    const { allowed, mustBeReadOnly } = allowsHostPath(b.hostPaths, pathPrefix);
    return allowed && (readOnly === true || !mustBeReadOnly);
  });
}

/** Whether b permits every driver that a permits; of no account where a permits no volumes of the type. */
export function permitsDrivers(
  type: 'flexVolume' | 'csi',
  types: ReadonlySet<string>,
  a: ReadonlySet<string> | undefined,
  b: ReadonlySet<string> | undefined,
): boolean {
  if (!admits(types, type) || b === undefined) return true;
  return a !== undefined && [...a].every((driver) => b.has(driver));
}

function admits(types: ReadonlySet<string>, type: string): boolean {
  return types.has('*') || types.has(type);
}
