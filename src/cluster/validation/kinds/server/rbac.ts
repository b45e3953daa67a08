import { isObject, list, record, text } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { type Check, declaratively, goJson, invalid, required, unsupported } from '../../check/check.ts';
import { isSame } from '../../check/immutable.ts';
import { checkMetadata, checkMetadataUpdate, metadataIn } from '../../check/metadata.ts';
import { field, fieldAt, item, type Place } from '../../check/place.ts';
import { filled, format, isEmpty } from '../../check/rules.ts';
import { labelSelector, trySelector } from '../../check/values.ts';
import { dnsSubdomainErrors, pathSegmentErrors } from '../../name-formats.ts';
import { type KindCheck, LAST_WHOLE } from '../kind-check.ts';

/*
 * Roles and bindings. Mirrors pkg/apis/rbac/validation, v1.24 and v1.37. Newer servers find missing verbs and names by the markers of the types.
 */

const GROUP = 'rbac.authorization.k8s.io';
const FIRST_DECLARATIVE = 36;

function requiredLate(check: Check, at: Place, detail = ''): void {
  declaratively(check, (late) => {
    required(late, at, check.minor >= FIRST_DECLARATIVE ? '' : detail);
  });
}

function checkRule(check: Check, rule: JsonObject, namespaced: boolean, at: Place): void {
  const { verbs, nonResourceURLs, apiGroups, resources, resourceNames } = rule;
  if (isEmpty(verbs)) requiredLate(check, field(at, 'verbs'), 'verbs must contain at least one value');
  if (!isEmpty(nonResourceURLs)) {
    const place = field(at, 'nonResourceURLs');
    if (namespaced) invalid(check, place, nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs');
    if (!isEmpty(apiGroups) || !isEmpty(resources) || !isEmpty(resourceNames))
      invalid(check, place, nonResourceURLs, 'rules cannot apply to both regular resources and non-resource URLs');
    return;
  }
  if (isEmpty(apiGroups)) required(check, field(at, 'apiGroups'), 'resource rules must supply at least one api group');
  if (isEmpty(resources)) required(check, field(at, 'resources'), 'resource rules must supply at least one resource');
}

function checkAggregation(check: Check, value: Json | undefined): void {
  if (!isObject(value)) return;
  const at = fieldAt(undefined, 'aggregationRule', 'clusterRoleSelectors');
  if (isEmpty(value.clusterRoleSelectors))
    required(check, at, 'at least one clusterRoleSelector required if aggregationRule is non-nil');
  for (const [index, selector] of list(value.clusterRoleSelectors).entries()) {
    labelSelector(check, selector, item(at, index));
    if (!trySelector(selector, undefined).usable) invalid(check, item(at, index), null, 'invalid label selector.');
  }
}

/** Changes are held to all that new objects are, and that first. */
function again(namespaced: boolean, rest: KindCheck['create'], change?: KindCheck['update']): KindCheck {
  const rules = { namespaced, name: pathSegmentErrors, finalizers: true };
  const create: KindCheck['create'] = (check, object) => {
    checkMetadata(check, metadataIn(object), rules);
    rest(check, object);
  };
  return {
    create,
    update: (check, object, old) => {
      if (check.minor <= LAST_WHOLE) create(check, object);
      create(check, object);
      checkMetadataUpdate(check, metadataIn(object), metadataIn(old));
      change?.(check, object, old);
    },
  };
}

function role(namespaced: boolean): KindCheck {
  return again(namespaced, (check, { rules, aggregationRule }) => {
    for (const [index, rule] of list(rules).entries())
      checkRule(check, record(rule), namespaced, item(field(undefined, 'rules'), index));
    if (!namespaced) checkAggregation(check, aggregationRule);
  });
}

const REF = field(undefined, 'roleRef');

function binding(namespaced: boolean): KindCheck {
  const kinds = namespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  return again(
    namespaced,
    (check, { roleRef, subjects }) => {
      const { apiGroup, kind, name } = record(roleRef);
      if (apiGroup !== GROUP) unsupported(check, field(REF, 'apiGroup'), text(apiGroup), [GROUP]);
      if (!kinds.includes(text(kind))) unsupported(check, field(REF, 'kind'), text(kind), kinds);
      const isNamed = text(name) !== '';
      if (isNamed) format(pathSegmentErrors)(check, name, field(REF, 'name'));
      else if (check.minor < FIRST_DECLARATIVE) required(check, field(REF, 'name'));
      for (const [index, subject] of list(subjects).entries())
        checkSubject(check, record(subject), namespaced, item(field(undefined, 'subjects'), index));
      if (!isNamed && check.minor >= FIRST_DECLARATIVE) requiredLate(check, field(REF, 'name'));
    },
    (check, object, old) => {
      if (isSame(object.roleRef, old.roleRef)) return;
      const { apiGroup, kind, name } = record(object.roleRef);
      const [group, ofKind, named] = [text(apiGroup), text(kind), text(name)];
      const printed = {
        go: `rbac.RoleRef{APIGroup:${JSON.stringify(group)}, Kind:${JSON.stringify(ofKind)}, Name:${JSON.stringify(named)}}`,
        json: goJson({ APIGroup: group, Kind: ofKind, Name: named }),
      };
      const detail = check.minor >= FIRST_DECLARATIVE ? 'field is immutable' : 'cannot change roleRef';
      declaratively(check, (late) => {
        invalid(late, REF, printed, detail);
      });
    },
  );
}

function checkSubject(check: Check, subject: JsonObject, namespaced: boolean, at: Place): void {
  const { kind, name, namespace } = subject;
  const group = text(subject.apiGroup);
  if (text(name) === '') requiredLate(check, field(at, 'name'));
  if (kind === 'ServiceAccount') {
    filled(format(dnsSubdomainErrors))(check, name, field(at, 'name'));
    if (group !== '') unsupported(check, field(at, 'apiGroup'), group, ['']);
    if (!namespaced && text(namespace) === '') required(check, field(at, 'namespace'));
  } else if (kind === 'User' || kind === 'Group') {
    if (group !== GROUP) unsupported(check, field(at, 'apiGroup'), group, [GROUP]);
  } else unsupported(check, field(at, 'kind'), text(kind), ['ServiceAccount', 'User', 'Group']);
}

export const roleCheck = role(true);
export const clusterRoleCheck = role(false);
export const roleBindingCheck = binding(true);
export const clusterRoleBindingCheck = binding(false);
