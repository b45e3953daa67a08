import type { LabelSelector } from '../../lang/label-selector.ts';
import { isObject, list, record, records, text, texts } from '../json.ts';
import type { Json, JsonObject } from '../object.ts';

/*
 * ValidatingAdmissionPolicies and their bindings (admissionregistration.k8s.io), with the server's defaults.
 */

/** What a policy or a binding looks at. */
export interface MatchResources {
  readonly matchPolicy: string;
  readonly namespaceSelector: LabelSelector;
  readonly objectSelector: LabelSelector;
  readonly resourceRules: readonly ResourceRule[];
  readonly excludeResourceRules: readonly ResourceRule[];
}

/** Operations on resources; `*` stands for all. */
export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly scope: string;
}

/** An expression with the name or the key that it is for. */
export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

/** A condition that objects must meet. */
export interface PolicyValidation {
  readonly expression: string;
  readonly message: string;
  readonly messageExpression: string;
  readonly reason: string | undefined;
}

export interface AdmissionPolicy {
  readonly name: string;
  readonly failurePolicy: string;
  readonly paramKind: { readonly apiVersion: string; readonly kind: string } | undefined;
  readonly matchConstraints: MatchResources | undefined;
  readonly matchConditions: readonly NamedExpression[];
  readonly variables: readonly NamedExpression[];
  readonly validations: readonly PolicyValidation[];
  readonly auditAnnotations: readonly NamedExpression[];
}

/** Which objects are the parameters of a policy. */
export interface ParamRef {
  readonly name: string;
  readonly namespace: string;
  readonly selector: LabelSelector | undefined;
  readonly parameterNotFoundAction: string;
}

export interface AdmissionPolicyBinding {
  readonly name: string;
  readonly policyName: string;
  readonly paramRef: ParamRef | undefined;
  readonly matchResources: MatchResources | undefined;
  readonly validationActions: readonly string[];
}

/** Reads a ValidatingAdmissionPolicy. */
export function readAdmissionPolicy({ metadata, spec }: JsonObject): AdmissionPolicy {
  const fields = record(spec);
  const { paramKind, matchConstraints } = fields;
  return {
    name: text(record(metadata).name),
    failurePolicy: typeof fields.failurePolicy === 'string' ? fields.failurePolicy : 'Fail',
    paramKind: isObject(paramKind) ? { apiVersion: text(paramKind.apiVersion), kind: text(paramKind.kind) } : undefined,
    matchConstraints: readMatchResources(matchConstraints),
    matchConditions: namedExpressions(fields.matchConditions, 'name', 'expression'),
    variables: namedExpressions(fields.variables, 'name', 'expression'),
    validations: records(fields.validations).map((validation) => ({
      expression: text(validation.expression),
      message: text(validation.message),
      messageExpression: text(validation.messageExpression),
      reason: typeof validation.reason === 'string' ? validation.reason : undefined,
    })),
    auditAnnotations: namedExpressions(fields.auditAnnotations, 'key', 'valueExpression'),
  };
}

/** Named expressions of a list, such as match conditions. */
export function namedExpressions(value: Json | undefined, name: string, expression: string): NamedExpression[] {
  return records(value).map((each) => ({ name: text(each[name]), expression: text(each[expression]) }));
}

/** Reads a ValidatingAdmissionPolicyBinding. */
export function readAdmissionPolicyBinding({ metadata, spec }: JsonObject): AdmissionPolicyBinding {
  const fields = record(spec);
  return {
    name: text(record(metadata).name),
    policyName: text(fields.policyName),
    paramRef: readParamRef(fields.paramRef),
    matchResources: readMatchResources(fields.matchResources),
    validationActions: texts(fields.validationActions),
  };
}

function readParamRef(value: Json | undefined): ParamRef | undefined {
  if (!isObject(value)) return undefined;
  return {
    name: text(value.name),
    namespace: text(value.namespace),
    selector: isObject(value.selector) ? selectorOf(value.selector) : undefined,
    parameterNotFoundAction: text(value.parameterNotFoundAction),
  };
}

function readMatchResources(value: Json | undefined): MatchResources | undefined {
  return isObject(value) ? matchResourcesOf(value) : undefined;
}

/** What a policy, a webhook or what is written like one looks at; `rules` stands for the field of webhooks. */
export function matchResourcesOf(value: JsonObject): MatchResources {
  return {
    matchPolicy: typeof value.matchPolicy === 'string' ? value.matchPolicy : 'Equivalent',
    namespaceSelector: selectorOf(value.namespaceSelector),
    objectSelector: selectorOf(value.objectSelector),
    resourceRules: records(value.resourceRules ?? value.rules).map(ruleOf),
    excludeResourceRules: records(value.excludeResourceRules).map(ruleOf),
  };
}

function ruleOf(rule: JsonObject): ResourceRule {
  return {
    apiGroups: texts(rule.apiGroups),
    apiVersions: texts(rule.apiVersions),
    operations: texts(rule.operations),
    resources: texts(rule.resources),
    resourceNames: texts(rule.resourceNames),
    scope: typeof rule.scope === 'string' ? rule.scope : '*',
  };
}

/** A label selector as it is written; what is of another type is left out. */
export function selectorOf(value: Json | undefined): LabelSelector {
  const { matchLabels, matchExpressions } = record(value);
  return {
    matchLabels: Object.fromEntries(
      Object.entries(record(matchLabels)).flatMap(([key, each]) => (typeof each === 'string' ? [[key, each]] : [])),
    ),
    matchExpressions: list(matchExpressions).map((each) => {
      const { key, operator, values } = record(each);
      return { key: text(key), operator: text(operator), values: texts(values) };
    }),
  };
}
