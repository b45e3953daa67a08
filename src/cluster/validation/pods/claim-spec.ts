import { formatQuantity, parseQuantity } from '../../../lang/quantity.ts';
import { isObject, list, record, text, texts } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { type Check, forbidden, invalid, required, unsupported } from '../check/check.ts';
import { entry, field, type Place } from '../check/place.ts';
import { filled, format, oneOf, present, type Rule, table } from '../check/rules.ts';
import { labelSelector } from '../check/values.ts';
import { dnsLabelErrors, dnsSubdomainErrors } from '../name-formats.ts';

const MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce'];
const ONCE_POD = 'ReadWriteOncePod';
/** ReadWriteOncePod is on by default from here on. */
const FIRST_ONCE_POD = 27;
const FIRST_CLAIM_WORDS = 26;
const FIRST_SOURCE_GROUP = 30;

/** The ways in which a volume can be mounted, of claims and volumes alike. */
export function checkAccessModes(check: Check, value: Json | undefined, at: Place, detail: string): void {
  const modes = texts(value);
  const supported = check.minor >= FIRST_ONCE_POD ? [...MODES, ONCE_POD] : MODES;
  if (modes.length === 0) required(check, at, detail);
  for (const mode of modes) if (!supported.includes(mode)) unsupported(check, at, mode, supported);
  if (modes.includes(ONCE_POD) && modes.some((mode) => supported.includes(mode) && mode !== ONCE_POD))
    forbidden(check, at, 'may not use ReadWriteOncePod with other access modes');
}

/** The spec of a PersistentVolumeClaim or of a template of one. Mirrors ValidatePersistentVolumeClaimSpec, v1.24 and v1.37. */
export const claimSpec: Rule = (check, value, at) => {
  const spec = record(value);
  const place = field(at, 'accessModes');
  const detail = 'at least 1 access mode is required';
  if (list(spec.accessModes).length === 0) required(check, place, detail);
  labelSelector(check, spec.selector, field(at, 'selector'));
  if (list(spec.accessModes).length > 0) checkAccessModes(check, spec.accessModes, place, detail);
  checkStorage(check, record(record(spec.resources).requests).storage, entry(field(at, 'resources'), 'storage'));
  table(
    ['storageClassName', filled(format(dnsSubdomainErrors))],
    ['volumeMode', present(oneOf('Block', 'Filesystem'))],
    ['dataSource', present(dataSource)],
    ['dataSourceRef', present(dataSource)],
  )(check, spec, at);
  checkSources(check, spec, at);
  if (check.minor >= FIRST_ATTRIBUTES_CLASS)
    filled(format(dnsSubdomainErrors))(check, spec.volumeAttributesClassName, field(at, 'volumeAttributesClassName'));
};

const FIRST_ATTRIBUTES_CLASS = 34;

function checkStorage(check: Check, value: Json | undefined, at: Place): void {
  if (value === undefined) required(check, at);
  else {
    const quantity = parseQuantity(text(value));
    if (quantity !== undefined && quantity.value <= 0n)
      invalid(check, at, formatQuantity(quantity), 'must be greater than zero');
  }
}

const dataSource: Rule = (check, value, at) => {
  const { name, kind, apiGroup, namespace } = record(value);
  if (text(name) === '') required(check, field(at, 'name'));
  if (text(kind) === '') required(check, field(at, 'kind'));
  const words = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
  if (text(apiGroup) === '' && kind !== 'PersistentVolumeClaim')
    invalid(check, at, text(kind), check.minor >= FIRST_CLAIM_WORDS ? words : '');
  if (check.minor >= FIRST_SOURCE_GROUP) filled(format(dnsSubdomainErrors))(check, apiGroup, field(at, 'apiGroup'));
  filled(format(dnsLabelErrors))(check, namespace, field(at, 'namespace'));
};

function checkSources(check: Check, { dataSource: source, dataSourceRef: ref }: JsonObject, at: Place): void {
  if (!isObject(source) || !isObject(ref)) return;
  // The server prints the path in place of the value.
  const path = { go: '&field.Path{name:"dataSource", index:"", parent:(*field.Path)(0xPTR)}', json: '{}' };
  if (text(ref.namespace) !== '')
    invalid(check, at, path, 'may not be specified when dataSourceRef.namespace is specified');
  else if (text(source.apiGroup) !== text(ref.apiGroup) || source.kind !== ref.kind || source.name !== ref.name)
    invalid(check, at, path, 'must match dataSourceRef');
}
