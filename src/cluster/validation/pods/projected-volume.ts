import { isObject, list, record, text } from '../../../model/json.ts';
import { type Check, forbidden, invalid, required } from '../check/check.ts';
import { field, fieldAt, item, type Place } from '../check/place.ts';
import { isEmpty, needed, type Rule, table } from '../check/rules.ts';
import { labelSelector, numberOf } from '../check/values.ts';
import type { JsonObject } from '../../../model/object.ts';
import { downwardFile } from './downward-api.ts';
import { fileMode, fileOwner, keyToPath, localPath } from './volume-sources.ts';

/** From here on the path of a token is held to the rules of others. */
const FIRST_TOKEN_PATH = 32;
const FIRST_PER_SOURCE = 33;
const LEAST_EXPIRATION = 600;
const MOST_EXPIRATION = 2 ** 32;

/** A projected volume: several sources in one directory, in which no path may come twice. Mirrors validateProjectedVolumeSource. */
export const projectedVolume: Rule = (check, value, at) => {
  table(['defaultMode', fileMode], ['defaultUser', fileOwner])(check, value, at);
  const paths = new Set<string>();
  for (const [index, each] of list(record(value).sources).entries()) {
    const source = record(each);
    const place = item(field(at, 'sources'), index);
    const kinds = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken', 'clusterTrustBundle'].filter((name) =>
      isObject(source[name]),
    );
    for (const name of ['secret', 'configMap'] as const)
      checkKeys(check, source[name], field(place, name), { at, paths });
    checkFiles(check, source.downwardAPI, field(place, 'downwardAPI'), { at, paths });
    if (isObject(source.serviceAccountToken)) checkToken(check, source.serviceAccountToken, place, at);
    if (isObject(source.clusterTrustBundle))
      checkBundle(check, source.clusterTrustBundle, field(place, 'clusterTrustBundle'), { at, paths });
    const end = check.minor >= FIRST_PER_SOURCE ? ' per source' : '';
    if (kinds.length > 1) forbidden(check, place, `may not specify more than 1 volume type${end}`);
  }
};

interface Directory {
  readonly at: Place;
  readonly paths: Set<string>;
}

function note(check: Check, path: string, shown: string, { at, paths }: Directory): void {
  if (paths.has(path)) invalid(check, at, shown, 'conflicting duplicate paths');
  else paths.add(path);
}

function checkKeys(check: Check, value: JsonObject[string] | undefined, at: Place, directory: Directory): void {
  if (!isObject(value)) return;
  needed()(check, value.name, field(at, 'name'));
  for (const [index, each] of list(value.items).entries()) {
    keyToPath(check, each, item(field(at, 'items'), index));
    const path = text(record(each).path);
    if (path !== '') note(check, path, text(value.name), directory);
  }
}

function checkFiles(check: Check, value: JsonObject[string] | undefined, at: Place, directory: Directory): void {
  for (const each of list(record(value).items)) {
    downwardFile(check, each, at);
    const path = text(record(each).path);
    if (path !== '') note(check, path, path, directory);
  }
}

function checkToken(check: Check, { expirationSeconds, path, user }: JsonObject, source: Place, volume: Place): void {
  const at = fieldAt(source, 'serviceAccountToken', 'expirationSeconds');
  const seconds = numberOf(expirationSeconds);
  if (seconds < LEAST_EXPIRATION) invalid(check, at, seconds, 'may not specify a duration less than 10 minutes');
  if (seconds > MOST_EXPIRATION) invalid(check, at, seconds, 'may not specify a duration larger than 2^32 seconds');
  if (isEmpty(path)) required(check, field(volume, 'path'));
  else if (check.minor >= FIRST_TOKEN_PATH) localPath(check, path, field(volume, 'path'));
  fileOwner(check, user, fieldAt(source, 'serviceAccountToken', 'user'));
}

function checkBundle(check: Check, bundle: JsonObject, at: Place, directory: Directory): void {
  const { name, signerName, path } = bundle;
  if (name !== undefined && signerName !== undefined)
    invalid(check, at, bundle, 'only one of name and signerName may be used');
  else if (name !== undefined) {
    needed('must be a valid object name')(check, name, field(at, 'name'));
  } else if (signerName === undefined) required(check, at, 'either name or signerName must be specified');
  else {
    needed('must be a valid signer name')(check, signerName, field(at, 'signerName'));
    labelSelector(check, bundle.labelSelector, field(at, 'labelSelector'));
  }
  needed()(check, path, field(at, 'path'));
  localPath(check, path, field(at, 'path'));
  note(check, text(path), text(path), directory);
}
