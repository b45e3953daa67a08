import { parseQuantity, formatQuantity } from '../../../lang/quantity.ts';
import { list, record, text } from '../../../model/json.ts';
import { type Check, invalid, required, unsupported } from '../check/check.ts';
import { field, type Place } from '../check/place.ts';
import { needed, type Rule, table } from '../check/rules.ts';
import { qualifiedNameErrors } from '../name-formats.ts';
import type { Json } from '../../../model/object.ts';
import { fileMode, fileOwner, localPath } from './volume-sources.ts';

/*
 * References to fields and resources of a pod from variables and volumes. Mirrors validateObjectFieldSelector and
 * validateContainerResourceFieldSelector of pkg/apis/core/validation, v1.24 and v1.37.
 */

const OF_VOLUMES = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];
const OF_VARIABLES = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.podIP',
  'status.podIPs',
];
/** What ConvertDownwardAPIFieldLabel knows. */
const CONVERTIBLE = new Set([
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'spec.schedulerName',
  'status.phase',
  'status.hostIP',
  'status.podIP',
  'status.podIPs',
  'spec.host',
]);
const FIRST_HOST_IPS = 29;
const RESOURCES = ['cpu', 'ephemeral-storage', 'memory']
  .flatMap((name) => [`limits.${name}`, `requests.${name}`])
  .sort();
const SUBSCRIPT = /^(.*)\['(.*)'\]$/s;
/** From here on the key is printed as it is compared: lowered. */
const FIRST_LOWERED_KEY = 34;

/** `fieldRef` of a variable or of a file of a volume. */
export function fieldReference(of: 'variable' | 'volume'): Rule {
  return (check, value, at) => {
    const { apiVersion, fieldPath } = record(value);
    const [version, path] = [text(apiVersion), text(fieldPath)];
    if (version === '') required(check, field(at, 'apiVersion'));
    else if (path === '') required(check, field(at, 'fieldPath'));
    else checkFieldPath(check, version, path, at, of);
  };
}

function checkFieldPath(check: Check, version: string, path: string, at: Place, of: 'variable' | 'volume'): void {
  const fail = (error: string): void => {
    invalid(check, field(at, 'fieldPath'), path, `error converting fieldPath: ${error}`);
  };
  const known = (name: string): boolean =>
    CONVERTIBLE.has(name) || (name === 'status.hostIPs' && check.minor >= FIRST_HOST_IPS);
  const subscripted = SUBSCRIPT.exec(path);
  if (version !== 'v1') {
    fail(`unsupported pod version: ${version}`);
    return;
  }
  if (subscripted !== null) {
    const [, name = '', key = ''] = subscripted;
    if (name !== 'metadata.annotations' && name !== 'metadata.labels')
      fail(`field label does not support subscript: ${path}`);
    else {
      const lowered = name === 'metadata.annotations' ? key.toLowerCase() : key;
      for (const message of qualifiedNameErrors(lowered, check.minor))
        invalid(check, at, check.minor >= FIRST_LOWERED_KEY ? lowered : key, message);
    }
    return;
  }
  if (!known(path)) {
    fail(`field label not supported: ${path}`);
    return;
  }
  const plain = path === 'spec.host' ? 'spec.nodeName' : path;
  const supported =
    of === 'volume'
      ? OF_VOLUMES
      : check.minor >= FIRST_HOST_IPS
        ? [...OF_VARIABLES, 'status.hostIPs'].sort()
        : OF_VARIABLES;
  if (!supported.includes(plain)) unsupported(check, field(at, 'fieldPath'), plain, supported);
}

const BINARY = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** `resourceFieldRef`; in a volume it must name its container. */
export function resourceReference(of: 'variable' | 'volume'): Rule {
  return (check, value, at) => {
    const { containerName, resource, divisor } = record(value);
    const name = text(resource);
    const isHuge = /^(?:limits|requests)\.hugepages-/.test(name);
    if (of === 'volume' && text(containerName) === '') required(check, field(at, 'containerName'));
    else if (name === '') required(check, field(at, 'resource'));
    else if (!RESOURCES.includes(name) && !isHuge) unsupported(check, field(at, 'resource'), name, RESOURCES);
    checkDivisor(check, name, divisor, at);
  };
}

function checkDivisor(check: Check, name: string, divisor: Json | undefined, at: Place): void {
  const quantity = parseQuantity(text(divisor));
  if (quantity === undefined || quantity.value === 0n) return;
  const written = formatQuantity(quantity);
  const [, kind = ''] = name.split('.');
  const supported = kind === 'cpu' ? ['1m', '1'] : BINARY;
  if (supported.includes(written)) return;
  const complain = (what: string, values: string): void => {
    invalid(
      check,
      field(at, 'divisor'),
      name,
      `only divisor's values ${values} are supported with the ${what} resource`,
    );
  };
  if (!/^(?:limits|requests)\./.test(name)) return;
  if (kind === 'cpu') complain('cpu', '1m and 1');
  else if (kind === 'memory') complain('memory', BINARY.join(', '));
  else if (kind === 'ephemeral-storage') complain('local ephemeral storage', BINARY.join(', '));
  else if (kind.startsWith('hugepages-')) complain('hugepages', BINARY.join(', '));
}

/** A file of a downward API volume. */
export const downwardFile: Rule = (check, value, at) => {
  const { fieldRef, resourceFieldRef } = record(value);
  table(['path', needed()], ['path', localPath])(check, value, at);
  if (fieldRef !== undefined) {
    fieldReference('volume')(check, fieldRef, field(at, 'fieldRef'));
    if (resourceFieldRef !== undefined)
      invalid(check, at, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously');
  } else if (resourceFieldRef !== undefined) {
    resourceReference('volume')(check, resourceFieldRef, field(at, 'resourceFieldRef'));
  } else required(check, at, 'one of fieldRef and resourceFieldRef is required');
  table(['mode', fileMode], ['user', fileOwner])(check, value, at);
};

/** A downward API volume; complaints about its files do not say which. */
export const downwardVolume: Rule = (check, value, at) => {
  table(['defaultMode', fileMode], ['defaultUser', fileOwner])(check, value, at);
  for (const file of list(record(value).items)) downwardFile(check, file, at);
};
