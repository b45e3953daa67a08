import { isObject, list, record, text } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { type Check, forbidden, invalid, notFound, required, unsupported } from '../check/check.ts';
import { field, item, type Place } from '../check/place.ts';
import { needed } from '../check/rules.ts';
import { descendingPath } from './volume-sources.ts';
import type { Volumes } from './volumes.ts';

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];
const READ_ONLY = ['Disabled', 'Enabled', 'IfPossible'];

/** The mounts of a container. Mirrors ValidateVolumeMounts, v1.24 and v1.37; of some complaints upstream does not say which mount it is. */
export function checkMounts(check: Check, container: JsonObject, volumes: Volumes, at: Place): void {
  const devices = list(container.volumeDevices).map(record);
  const paths = new Set<string>();
  for (const [index, each] of list(container.volumeMounts).entries()) {
    const mount = record(each);
    const place = item(at, index);
    const [name, path] = [text(mount.name), text(mount.mountPath)];
    if (name === '') required(check, field(place, 'name'));
    if (!volumes.has(name)) notFound(check, field(place, 'name'), name);
    if (path === '') required(check, field(place, 'mountPath'));
    if (paths.has(path)) invalid(check, field(place, 'mountPath'), path, 'must be unique');
    paths.add(path);
    if (devices.some((device) => text(device.name) === name))
      invalid(check, field(place, 'name'), name, 'must not already exist in volumeDevices');
    if (devices.some((device) => text(device.devicePath) === path))
      invalid(check, field(place, 'mountPath'), path, 'must not already exist as a path in volumeDevices');
    checkSubPaths(check, mount, place, at);
    checkPropagation(check, mount.mountPropagation, container, field(at, 'mountPropagation'));
    checkReadOnly(check, mount, field(at, 'recursiveReadOnly'));
  }
}

function checkSubPaths(check: Check, { subPath, subPathExpr }: JsonObject, mount: Place, mounts: Place): void {
  if (text(subPath) !== '') descendingPath(check, subPath, field(mounts, 'subPath'));
  if (text(subPathExpr) === '') return;
  if (text(subPath) !== '')
    invalid(check, field(mount, 'subPathExpr'), text(subPathExpr), 'subPathExpr and subPath are mutually exclusive');
  descendingPath(check, subPathExpr, field(mounts, 'subPathExpr'));
}

function checkPropagation(check: Check, value: Json | undefined, container: JsonObject, at: Place): void {
  if (value === undefined) return;
  if (!PROPAGATIONS.includes(text(value))) unsupported(check, at, value, PROPAGATIONS);
  if (value === 'Bidirectional' && record(container.securityContext).privileged !== true)
    forbidden(check, at, 'Bidirectional mount propagation is available only to privileged containers');
}

function checkReadOnly(check: Check, { recursiveReadOnly, readOnly, mountPropagation }: JsonObject, at: Place): void {
  if (recursiveReadOnly === undefined || recursiveReadOnly === 'Disabled') return;
  if (!READ_ONLY.includes(text(recursiveReadOnly))) {
    unsupported(check, at, recursiveReadOnly, READ_ONLY);
    return;
  }
  if (readOnly !== true) forbidden(check, at, 'may only be specified when readOnly is true');
  if (mountPropagation !== undefined && mountPropagation !== 'None')
    forbidden(check, at, 'may only be specified when mountPropagation is None or not specified');
}

/** The block devices of a container. Mirrors ValidateVolumeDevices. */
export function checkDevices(check: Check, container: JsonObject, volumes: Volumes, at: Place): void {
  const mounts = list(container.volumeMounts).map(record);
  const names = new Set<string>();
  const paths = new Set<string>();
  for (const [index, each] of list(container.volumeDevices).entries()) {
    const device = record(each);
    const place = item(at, index);
    const [name, path] = [text(device.name), text(device.devicePath)];
    const [atName, atPath] = [field(place, 'name'), field(place, 'devicePath')];
    const volume = volumes.get(name);
    needed()(check, device.name, atName);
    if (names.has(name)) invalid(check, atName, name, 'must be unique');
    if (volume === undefined) notFound(check, atName, name);
    else if (!isObject(volume.persistentVolumeClaim) && !isObject(volume.ephemeral)) {
      const detail = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
      invalid(check, atName, name, detail);
    }
    needed()(check, device.devicePath, atPath);
    if (paths.has(path)) invalid(check, atPath, path, 'must be unique');
    if (path.split('/').includes('..')) invalid(check, atPath, path, "can not contain backsteps ('..')");
    else paths.add(path);
    if (mounts.some((mount) => text(mount.name) === name))
      invalid(check, atName, name, 'must not already exist in volumeMounts');
    if (mounts.some((mount) => text(mount.mountPath) === path))
      invalid(check, atPath, path, 'must not already exist as a path in volumeMounts');
    if (name !== '') names.add(name);
  }
}
