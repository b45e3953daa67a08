import { readResourceList } from '../../lang/resource-list.ts';
import type { ResourceQuotaSpec, ScopedResourceSelectorRequirement } from '../../model/kinds/resource-quota.ts';
import { type FieldPath, formatFieldPath } from '../../text/tree.ts';
import { atKey, type FieldError, invalidField, requiredField } from '../index/field-error.ts';
import { isHugePagesInQuota, isQuotaResource, resourceNameErrors } from './resource-names.ts';
import { quantityErrors } from './resource-validation.ts';

const SCOPES = ['Terminating', 'NotTerminating', 'BestEffort', 'NotBestEffort', 'PriorityClass'];
const CROSS_NAMESPACE = 'CrossNamespacePodAffinity';
const ATTRIBUTES_CLASS = 'VolumeAttributesClass';
const FIRST_CROSS_NAMESPACE = 21;
const FIRST_ATTRIBUTES_CLASS = 34;
const COMPUTE = ['cpu', 'memory'].flatMap((name) => [name, `requests.${name}`, `limits.${name}`]);
const OPPOSITES = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
];
const EXISTS_ALONE =
  "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

/** What is wrong with the spec of a ResourceQuota. Mirrors ValidateResourceQuotaSpec of pkg/apis/core/validation, v1.24 (its newer scopes: v1.37). */
export function quotaErrors(spec: ResourceQuotaSpec, path: FieldPath, minor: number): FieldError[] {
  const hard = readResourceList(spec.hard);
  const errors = [...hard].flatMap(([name, quantity]) => {
    const messages = [...resourceNameErrors(name)];
    if (!name.includes('/') && !isQuotaResource(name)) messages.push('must be a standard resource for quota');
    return atKey([...path, 'hard'], name, (at) => [
      ...messages.map((message) => invalidField(at, name, message)),
      ...quantityErrors(name, quantity, at),
    ]);
  });
  const names = [...hard.keys()];
  return [...errors, ...scopeErrors(spec, names, path, minor), ...selectorErrors(spec, names, path, minor)];
}

function isScope(scope: string, minor: number): boolean {
  if (scope === CROSS_NAMESPACE) return minor >= FIRST_CROSS_NAMESPACE;
  return SCOPES.includes(scope) || (scope === ATTRIBUTES_CLASS && minor >= FIRST_ATTRIBUTES_CLASS);
}

/** Whether quota of a standard resource can be scoped that way. */
function isScopable(scope: string, resource: string): boolean {
  if (resource.includes('/') && !isHugePagesInQuota(resource)) return true;
  if (scope === 'BestEffort') return resource === 'pods';
  if (scope === ATTRIBUTES_CLASS) return resource === 'persistentvolumeclaims' || resource === 'requests.storage';
  if (SCOPES.includes(scope) || scope === CROSS_NAMESPACE) return resource === 'pods' || COMPUTE.includes(resource);
  return true;
}

function scopeErrors({ scopes = [] }: ResourceQuotaSpec, names: readonly string[], path: FieldPath, minor: number) {
  const at = [...path, 'scopes'];
  const complain = (detail: string): FieldError => ({
    path: at,
    message: `${formatFieldPath(at)}: Invalid value: []core.ResourceQuotaScope{${scopes.map((scope) => JSON.stringify(scope)).join(', ')}}: ${detail}`,
  });
  const errors = scopes.flatMap((scope) => [
    ...(isScope(scope, minor) ? [] : [complain('unsupported scope')]),
    ...names
      .filter((name) => isQuotaResource(name) && !isScopable(scope, name))
      .map(() => complain('unsupported scope applied to resource')),
  ]);
  for (const pair of OPPOSITES)
    if (pair.every((scope) => scopes.includes(scope))) errors.push(complain('conflicting scopes'));
  return errors;
}

function selectorErrors(
  { scopeSelector }: ResourceQuotaSpec,
  names: readonly string[],
  path: FieldPath,
  minor: number,
): FieldError[] {
  const at = [...path, 'scopeSelector', 'matchExpressions'];
  const expressions = scopeSelector?.matchExpressions ?? [];
  const complain = (detail: string): FieldError => ({
    path: at,
    message: `${formatFieldPath(at)}: Invalid value: core.ScopeSelector{...}: ${detail}`,
  });
  const errors = expressions.flatMap((requirement) => {
    const { scopeName = '' } = requirement;
    return [
      ...(isScope(scopeName, minor) ? [] : [invalidField([...at, 'scopeName'], scopeName, 'unsupported scope')]),
      ...names
        .filter((name) => isQuotaResource(name) && !isScopable(scopeName, name))
        .map(() => complain('unsupported scope applied to resource')),
      ...operatorErrors(requirement, at),
    ];
  });
  const chosen = expressions.map(({ scopeName }) => scopeName);
  for (const pair of OPPOSITES)
    if (pair.every((scope) => chosen.includes(scope))) errors.push(complain('conflicting scopes'));
  return errors;
}

function operatorErrors(requirement: ScopedResourceSelectorRequirement, path: FieldPath): FieldError[] {
  const { scopeName = '', operator = '', values = [] } = requirement;
  const errors: FieldError[] = [];
  const takesAny = scopeName === 'PriorityClass' || scopeName === ATTRIBUTES_CLASS || !isScope(scopeName, Infinity);
  if (!takesAny && operator !== 'Exists') errors.push(invalidField([...path, 'operator'], operator, EXISTS_ALONE));
  if (operator === 'In' || operator === 'NotIn') {
    const detail = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
    if (values.length === 0) errors.push(requiredField([...path, 'values'], detail));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    const detail = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
    if (values.length > 0) errors.push(invalidField([...path, 'values'], values, detail));
  } else errors.push(invalidField([...path, 'operator'], operator, 'not a valid selector operator'));
  return errors;
}
