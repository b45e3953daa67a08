import { list, record, text } from '../../../model/json.ts';
import { invalid, required, tooLong, unsupported } from '../check/check.ts';
import { entry, field } from '../check/place.ts';
import { between, each, filled, format, needed, oneOf, present, type Rule, table } from '../check/rules.ts';
import { numberOf } from '../check/values.ts';
import { dnsLabelErrors, dnsSubdomainErrors } from '../name-formats.ts';

/*
 * The sources of volumes that pods and PersistentVolumes share, one table each, and those of pods alone.
 * Mirrors pkg/apis/core/validation, v1.24 and v1.37.
 */

const FILE_MODE = 'must be a number between 0 and 0777 (octal), both inclusive';
const MOST_ID = 2147483647;
const NO_BACKSTEPS = "must not contain '..'";

/** From here on an empty name of a driver is only missing, not malformed too. */
const FIRST_ONE_DRIVER_ERROR = 33;

/** The name of a CSI driver. */
export const driverName: Rule = (check, value, at) => {
  const name = text(value);
  if (name === '') {
    required(check, at);
    if (check.minor >= FIRST_ONE_DRIVER_ERROR) return;
  }
  if (name.length > 63) tooLong(check, at, 63);
  for (const message of dnsSubdomainErrors(name.toLowerCase())) invalid(check, at, name, message);
};

/** A path without `..`. */
export const noBacksteps: Rule = (check, value, at) => {
  if (text(value).split('/').includes('..')) invalid(check, at, text(value), NO_BACKSTEPS);
};

/** A path down from where it is used. */
export const descendingPath: Rule = (check, value, at) => {
  if (text(value).startsWith('/')) invalid(check, at, text(value), 'must be a relative path');
  noBacksteps(check, value, at);
};

/** The same, not beginning with `..` in any way. */
export const localPath: Rule = (check, value, at) => {
  descendingPath(check, value, at);
  const path = text(value);
  if (path.startsWith('..') && !path.startsWith('../')) invalid(check, at, path, "must not start with '..'");
};

/** Permission bits. */
export const fileMode: Rule = present((check, value, at) => {
  const mode = numberOf(value);
  if (mode > 0o777 || mode < 0) invalid(check, at, mode, FILE_MODE);
});

/** An owner of files. */
export const fileOwner: Rule = present(between(0, MOST_ID));

/** A key of a ConfigMap or Secret, and where it goes. */
export const keyToPath: Rule = table(
  ['key', needed()],
  ['path', needed()],
  ['path', localPath],
  ['mode', fileMode],
  ['user', fileOwner],
);

const partition: Rule = (check, value, at) => {
  const number = numberOf(value);
  if (number < 0 || number > 255) invalid(check, at, number, 'must be between 1 and 255, inclusive');
};

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

export const hostPath: Rule = (check, value, at) => {
  const { path, type } = record(value);
  if (text(path) === '') {
    required(check, field(at, 'path'));
    return;
  }
  noBacksteps(check, path, field(at, 'path'));
  present(oneOf(...HOST_PATH_TYPES))(check, type, field(at, 'type'));
};

export const gcePersistentDisk: Rule = table(['pdName', needed()], ['partition', partition]);
export const awsElasticBlockStore: Rule = table(['volumeID', needed()], ['partition', partition]);

export const nfs: Rule = table(
  ['server', needed()],
  ['path', needed()],
  [
    'path',
    (check, value, at) => {
      if (!text(value).startsWith('/')) invalid(check, at, text(value), 'must be an absolute path');
    },
  ],
);

export const rbd: Rule = table(['monitors', needed()], ['image', needed()]);
export const cephfs: Rule = table(['monitors', needed()]);

const IQN = /^iqn\.\d{4}-\d{2}\.(?:[a-z0-9-]+\.)*[a-z0-9-]+(?::.*)?$/;

function iqn(malformed: string): Rule {
  return (check, value, at) => {
    const name = text(value);
    const isGood = name.startsWith('iqn')
      ? IQN.test(name)
      : name.startsWith('eui')
        ? /^eui.[0-9a-fA-F]{16}$/.test(name)
        : /^naa.[0-9a-fA-F]{32}$/.test(name);
    if (!/^(?:iqn|eui|naa)/.test(name)) invalid(check, at, name, malformed);
    else if (!isGood) invalid(check, at, name, 'must be valid format');
  };
}

/** An iSCSI disk; of a PersistentVolume the secret needs a name too. */
export function iscsi(ofVolume: boolean, volumeName: string): Rule {
  const malformed = ofVolume ? 'must be valid format' : 'must be valid format starting with iqn, eui, or naa';
  return (check, value, at) => {
    const { targetPortal, lun, discoveryCHAPAuth, sessionCHAPAuth, secretRef, initiatorName } = record(value);
    needed()(check, targetPortal, field(at, 'targetPortal'));
    if (ofVolume && initiatorName !== undefined && `${volumeName}:${text(targetPortal)}`.length > 64)
      invalid(check, field(at, 'targetportal'), text(targetPortal), TOO_LONG_TARGET);
    needed('', iqn(malformed))(check, record(value).iqn, field(at, 'iqn'));
    if (numberOf(lun) < 0 || numberOf(lun) > 255)
      invalid(check, field(at, 'lun'), numberOf(lun), 'must be between 0 and 255, inclusive');
    if ((discoveryCHAPAuth === true || sessionCHAPAuth === true) && secretRef === undefined)
      required(check, field(at, 'secretRef'));
    if (ofVolume && secretRef !== undefined)
      needed()(check, record(secretRef).name, field(field(at, 'secretRef'), 'name'));
    present(iqn(malformed))(check, initiatorName, field(at, 'initiatorname'));
  };
}

export const TOO_LONG_TARGET =
  'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';

export const fc: Rule = (check, value, at) => {
  const { targetWWNs, wwids, lun } = record(value);
  const [targets, ids] = [list(targetWWNs), list(wwids)];
  if (targets.length === 0 && ids.length === 0)
    required(check, field(at, 'targetWWNs'), 'must specify either targetWWNs or wwids, but not both');
  if (targets.length > 0 && ids.length > 0)
    invalid(check, field(at, 'targetWWNs'), [...targets], 'targetWWNs and wwids can not be specified simultaneously');
  if (targets.length === 0) return;
  if (lun === undefined) required(check, field(at, 'lun'), 'lun is required if targetWWNs is specified');
  else between(0, 255)(check, lun, field(at, 'lun'));
};

export const quobyte: Rule = (check, value, at) => {
  const { registry, tenant, volume } = record(value);
  const words = 'must be a host:port pair or multiple pairs separated by commas';
  if (text(registry) === '') required(check, field(at, 'registry'), words);
  else if (text(tenant).length >= 65)
    required(check, field(at, 'tenant'), 'must be a UUID and may not exceed a length of 64 characters');
  else {
    for (const pair of text(registry).split(','))
      if (!/^(?:[^:[\]]*|\[[^[\]]*\]):[^:]*$/.test(pair)) invalid(check, field(at, 'registry'), text(registry), words);
  }
  needed()(check, volume, field(at, 'volume'));
};

export const flocker: Rule = (check, value, at) => {
  const { datasetName, datasetUUID } = record(value);
  const [name, id] = [text(datasetName), text(datasetUUID)];
  if (name === '' && id === '') required(check, at, 'one of datasetName and datasetUUID is required');
  if (name !== '' && id !== '')
    invalid(check, at, 'resource', 'datasetName and datasetUUID can not be specified simultaneously');
  if (name.includes('/')) invalid(check, field(at, 'datasetName'), name, "must not contain '/'");
};

export const flexVolume: Rule = (check, value, at) => {
  const { driver, options } = record(value);
  needed()(check, driver, field(at, 'driver'));
  for (const key of Object.keys(record(options))) {
    const namespace = `.${(key.split('/')[0] ?? '').toLowerCase()}`;
    if (namespace.endsWith('.kubernetes.io') || namespace.endsWith('.k8s.io'))
      invalid(check, entry(field(at, 'options'), key), key, 'kubernetes.io and k8s.io namespaces are reserved');
  }
};

export const vsphereVolume: Rule = table(['volumePath', needed()]);
export const photonPersistentDisk: Rule = table(['pdID', needed()]);
export const portworxVolume: Rule = table(['volumeID', needed()]);
export const scaleIO: Rule = table(['gateway', needed()], ['system', needed()], ['volumeName', needed()]);

const MANAGED_DISK = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const BLOB_DISK = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

export const azureDisk: Rule = (check, value, at) => {
  const { diskURI, kind } = record(value);
  table(
    ['diskName', needed()],
    ['diskURI', needed()],
    ['cachingMode', present(oneOf('None', 'ReadOnly', 'ReadWrite'))],
    ['kind', present(oneOf('Dedicated', 'Managed', 'Shared'))],
  )(check, value, at);
  if (kind === undefined) return;
  const wanted = kind === 'Managed' ? '/subscriptions/' : 'https://';
  if (!text(diskURI).startsWith(wanted))
    unsupported(check, field(at, 'diskURI'), text(diskURI), [kind === 'Managed' ? MANAGED_DISK : BLOB_DISK]);
};

export const azureFile: Rule = table(['secretName', needed()], ['shareName', needed()]);

export const storageos: Rule = table(
  ['volumeName', needed('', format(dnsLabelErrors))],
  ['volumeNamespace', filled(format(dnsLabelErrors))],
  ['secretRef', present(table(['name', needed()]))],
);

export const cinder: Rule = table(['volumeID', needed()], ['secretRef', present(table(['name', needed()]))]);

export const glusterfs: Rule = table(['endpoints', needed()], ['path', needed()]);

export const secretVolume: Rule = table(
  ['secretName', needed()],
  ['defaultMode', fileMode],
  ['defaultUser', fileOwner],
  ['items', each(keyToPath)],
);

export const configMapVolume: Rule = table(
  ['name', needed()],
  ['defaultMode', fileMode],
  ['defaultUser', fileOwner],
  ['items', each(keyToPath)],
);

export const csiVolume: Rule = table(
  ['driver', driverName],
  [
    'nodePublishSecretRef',
    present((check, value, at) => {
      const name = text(record(value).name);
      if (name === '') required(check, field(at, 'name'));
      // Upstream leaves out the field on the way.
      else if (at.parent !== undefined) format(dnsSubdomainErrors)(check, name, field(at.parent, 'name'));
    }),
  ],
);

export const gitRepo: Rule = table(['repository', needed()], ['directory', descendingPath]);
