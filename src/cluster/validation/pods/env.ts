import { isObject, list, record, text } from '../../../model/json.ts';
import { invalid } from '../check/check.ts';
import { configKeyErrors, relaxedVariableErrors, variableErrors } from '../check/formats.ts';
import { field, item } from '../check/place.ts';
import { each, filled, format, needed, type Rule, table } from '../check/rules.ts';
import { dnsLabelErrors, dnsSubdomainErrors } from '../name-formats.ts';
import { fieldReference, resourceReference } from './downward-api.ts';
import { noBacksteps } from './volume-sources.ts';

/** From here on variables can come from files. */
const FIRST_FILES = 35;

const keyReference: Rule = table(['name', format(dnsSubdomainErrors)], ['key', needed('', format(configKeyErrors))]);

const fileReference: Rule = table(
  ['key', needed('', format(relaxedVariableErrors))],
  ['volumeName', needed('', format(dnsLabelErrors))],
  ['path', needed('', noBacksteps)],
);

const SOURCES: readonly (readonly [name: string, rule: Rule])[] = [
  ['fieldRef', fieldReference('variable')],
  ['resourceFieldRef', resourceReference('variable')],
  ['configMapKeyRef', keyReference],
  ['secretKeyRef', keyReference],
  ['fileKeyRef', fileReference],
];

const source: Rule = (check, value, at) => {
  const { value: written, valueFrom } = record(value);
  if (!isObject(valueFrom)) return;
  const place = field(at, 'valueFrom');
  const found = SOURCES.filter(([name]) => isObject(valueFrom[name]));
  for (const [name, rule] of found) rule(check, valueFrom[name], field(place, name));
  const last = check.minor >= FIRST_FILES ? ', `secretKeyRef` or `fileKeyRef`' : ' or `secretKeyRef`';
  if (found.length === 0)
    invalid(check, place, '', `must specify one of: \`fieldRef\`, \`resourceFieldRef\`, \`configMapKeyRef\`${last}`);
  else if (text(written) !== '') invalid(check, place, '', 'may not be specified when `value` is not empty');
  else if (found.length > 1) invalid(check, place, '', 'may not have more than one field specified at a time');
};

/** The variables of a container. Mirrors ValidateEnv, v1.24 and v1.37. */
export const variables: Rule = each(table(['name', needed('', format(variableErrors))], ['', source]));

const wholeSource: Rule = table(['name', needed('', format(dnsSubdomainErrors))]);

/** Variables taken from whole ConfigMaps and Secrets; which of them is wrong is not said. Mirrors ValidateEnvFrom. */
export const variableSources: Rule = (check, value, at) => {
  for (const [index, one] of list(value).entries()) {
    const { prefix, configMapRef, secretRef } = record(one);
    const place = item(at, index);
    filled(format(variableErrors))(check, prefix, field(place, 'prefix'));
    if (isObject(configMapRef)) wholeSource(check, configMapRef, field(place, 'configMapRef'));
    if (isObject(secretRef)) wholeSource(check, secretRef, field(place, 'secretRef'));
    const count = [configMapRef, secretRef].filter(isObject).length;
    if (count === 0) invalid(check, at, '', 'must specify one of: `configMapRef` or `secretRef`');
    else if (count > 1) invalid(check, at, '', 'may not have more than one field specified at a time');
  }
};
