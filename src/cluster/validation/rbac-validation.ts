import type { AggregationRule, PolicyRule, RoleRef, Subject } from '../../model/kinds/rbac.ts';
import type { FieldPath } from '../../text/tree.ts';
import { type FieldError, invalidField, requiredField, unsupportedField } from '../index/field-error.ts';
import { labelSelectorErrors } from './metadata-validation.ts';
import { dnsSubdomainErrors, labelValueErrors, pathSegmentErrors } from './name-formats.ts';

/*
 * What the API refuses of the parts of RBAC objects, in the server's order and words.
 * Mirrors pkg/apis/rbac/validation, v1.24.
 */

export const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** What is wrong with the rules of a Role (`namespaced`) or a ClusterRole. */
export function ruleErrors(rules: readonly PolicyRule[], namespaced: boolean): FieldError[] {
  return rules.flatMap((rule, index) => errorsOfRule(rule, namespaced, ['rules', index]));
}

function errorsOfRule(rule: PolicyRule, namespaced: boolean, path: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  if (verbs.length === 0) errors.push(requiredField([...path, 'verbs'], 'verbs must contain at least one value'));
  if (nonResourceURLs.length > 0) {
    const refuse = (detail: string): void => {
      errors.push(invalidField([...path, 'nonResourceURLs'], nonResourceURLs, detail));
    };
    if (namespaced) refuse('namespaced rules cannot apply to non-resource URLs');
    if (apiGroups.length > 0 || resources.length > 0 || resourceNames.length > 0) {
      refuse('rules cannot apply to both regular resources and non-resource URLs');
    }
    return errors;
  }
  if (apiGroups.length === 0) {
    errors.push(requiredField([...path, 'apiGroups'], 'resource rules must supply at least one api group'));
  }
  if (resources.length === 0) {
    errors.push(requiredField([...path, 'resources'], 'resource rules must supply at least one resource'));
  }
  return errors;
}

/** What is wrong with a ClusterRole's aggregation rule. */
export function aggregationErrors(rule: AggregationRule): FieldError[] {
  const path: FieldPath = ['aggregationRule', 'clusterRoleSelectors'];
  const selectors = rule.clusterRoleSelectors ?? [];
  if (selectors.length === 0) {
    return [requiredField(path, 'at least one clusterRoleSelector required if aggregationRule is non-nil')];
  }
  return selectors.flatMap((selector, index) => {
    const at = [...path, index];
    const errors = labelSelectorErrors(selector, at);
    // Only making a selector of it looks at the values of requirements.
    const values = (selector.matchExpressions ?? []).flatMap((requirement) => requirement.values ?? []);
    const unusable = errors.length > 0 || values.some((value) => labelValueErrors(value).length > 0);
    return unusable ? [...errors, invalidField(at, 'null', 'invalid label selector.')] : errors;
  });
}

/** What is wrong with the roleRef (defaults applied) of a RoleBinding (`namespaced`) or ClusterRoleBinding. */
export function roleRefErrors(roleRef: Required<RoleRef>, namespaced: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const { apiGroup, kind, name } = roleRef;
  const kinds = namespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  if (apiGroup !== RBAC_GROUP) errors.push(unsupportedField(['roleRef', 'apiGroup'], apiGroup, [RBAC_GROUP]));
  if (!kinds.includes(kind)) errors.push(unsupportedField(['roleRef', 'kind'], kind, kinds));
  if (name === '') errors.push(requiredField(['roleRef', 'name'], ''));
  for (const message of pathSegmentErrors(name)) errors.push(invalidField(['roleRef', 'name'], name, message));
  return errors;
}

/** What is wrong with the subjects (defaults applied) of a RoleBinding (`namespaced`) or ClusterRoleBinding. */
export function subjectErrors(subjects: readonly Required<Subject>[], namespaced: boolean): FieldError[] {
  return subjects.flatMap((subject, index) => errorsOfSubject(subject, namespaced, ['subjects', index]));
}

function errorsOfSubject(subject: Required<Subject>, namespaced: boolean, path: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  const { kind, apiGroup, name, namespace } = subject;
  if (name === '') errors.push(requiredField([...path, 'name'], ''));
  if (kind === 'ServiceAccount') {
    if (name !== '') {
      for (const message of dnsSubdomainErrors(name)) errors.push(invalidField([...path, 'name'], name, message));
    }
    if (apiGroup !== '') errors.push(unsupportedField([...path, 'apiGroup'], apiGroup, ['']));
    if (!namespaced && namespace === '') errors.push(requiredField([...path, 'namespace'], ''));
  } else if (kind === 'User' || kind === 'Group') {
    if (apiGroup !== RBAC_GROUP) errors.push(unsupportedField([...path, 'apiGroup'], apiGroup, [RBAC_GROUP]));
  } else {
    errors.push(unsupportedField([...path, 'kind'], kind, ['ServiceAccount', 'User', 'Group']));
  }
  return errors;
}
