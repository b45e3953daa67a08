import { convertAutoscaler } from '../../src/engines/admission/policies/convert-autoscaler.ts';
import { dispatchPolicies } from '../../src/engines/admission/policies/dispatch-policies.ts';
import { policyHooks } from '../../src/engines/admission/policies/policy-hooks.ts';
import { baseEnvironment } from '../../src/engines/admission/policies/policy-expressions.ts';
import type {
  GroupVersionKind,
  GroupVersionResource,
  HostObject,
  PolicyRequest,
  PolicySurroundings,
} from '../../src/engines/admission/policies/policy-request.ts';
import { isFields, metadataOf } from '../../src/engines/admission/policies/policy-request.ts';
import { recordedWarnings } from '../../src/engines/admission/policies/recorded-warnings.ts';
import { expressionErrors } from '../../src/engines/admission/policies/expression-errors.ts';
import { writeObject } from '../../src/cluster/stored/write/write-object.ts';
import { readJson } from '../../src/text/json/read-json.ts';
import type { FieldError } from '../../src/cluster/index/field-error.ts';
import { record, text } from '../../src/model/json.ts';
import { formatFieldPath } from '../../src/text/tree.ts';
import type { CelEnvironment } from '../../src/lang/cel/check/environment.ts';
import type { HostJson } from '../../src/lang/cel/values/json-values.ts';
import { readAdmissionPolicy, readAdmissionPolicyBinding } from '../../src/model/kinds/admission-policy.ts';
import type { JsonObject } from '../../src/model/object.ts';
import { apiResources } from '../../src/model/discovery.ts';
import { typeCheckPolicy, typeWarningText } from '../../src/engines/admission/policies/type-check-policy.ts';
import { NEWEST_MINOR } from '../../src/model/versions.ts';
import { authorizerOf, type Grant } from './authorizer-grants.ts';
import { exactJson } from './exact-json.ts';
import { runtimeTimeZones } from './time-zones.ts';
import { servedKinds, type ServedKind } from './vap-served.ts';

interface Case {
  readonly id: string;
  readonly policies?: readonly JsonObject[];
  readonly bindings?: readonly JsonObject[];
  readonly authorized?: readonly Grant[];
}

/** The objects of a case, with their numbers as the server reads them. */
interface Exact {
  readonly params?: readonly HostObject[];
  readonly namespaces?: readonly HostObject[];
  readonly customResources?: readonly (GroupVersionKind & { readonly resource: string; readonly scope?: string })[];
  readonly requests?: readonly Request[];
}

interface Request {
  readonly operation: PolicyRequest['operation'];
  readonly user?:
    | string
    | {
        readonly username?: string;
        readonly uid?: string;
        readonly groups?: string[];
        readonly extra?: Record<string, string[]>;
      };
  readonly resource: Partial<GroupVersionResource>;
  readonly kind?: Partial<GroupVersionKind>;
  readonly subresource?: string;
  readonly object?: HostObject | null;
  readonly oldObject?: HostObject | null;
  readonly name?: string;
  readonly namespace?: string;
  readonly dryRun?: boolean;
  readonly options?: HostObject | null;
}

/** Environments for stored expressions, and for new ones. */
let environments: readonly [stored: CelEnvironment, written: CelEnvironment] | undefined;

/** Answers a case of the `vap` suite: what policies make of each request. */
export function answer(input: Case, line: string): object {
  const exact = exactJson(line) as unknown as Exact;
  environments ??= [
    baseEnvironment(NEWEST_MINOR, runtimeTimeZones),
    baseEnvironment(NEWEST_MINOR - 1, runtimeTimeZones),
  ];
  const [stored, written] = environments;
  const policies = (input.policies ?? []).map(readAdmissionPolicy);
  const bindings = (input.bindings ?? []).map(readAdmissionPolicyBinding);
  const hooks = policyHooks(policies, bindings, stored);
  const around = surroundings(input, exact);
  return {
    id: input.id,
    policyErrors: [
      ...(input.policies ?? []).flatMap((object) => {
        const errors = expressionErrors(readAdmissionPolicy(object), written);
        return causes('ValidatingAdmissionPolicy', object, errors);
      }),
      ...(input.bindings ?? []).flatMap((object) => causes('ValidatingAdmissionPolicyBinding', object, [])),
    ],
    typeChecking: policies.flatMap((policy) => {
      const server = {
        minor: NEWEST_MINOR,
        resources: apiResources({ minor: NEWEST_MINOR }),
        reading: 'server',
      } as const;
      return typeCheckPolicy(policy, stored, server).map((warning) => ({
        policy: policy.name,
        fieldRef: formatFieldPath(['spec', ...warning.path]),
        warning: typeWarningText(warning),
      }));
    }),
    requests: (exact.requests ?? []).map((request) => {
      const verdict = dispatchPolicies(hooks, policyRequest(request), around, (number) => number);
      const { rejection, warnings, auditAnnotations } = verdict;
      return {
        allowed: rejection === undefined,
        code: 0,
        reason: '',
        message: '',
        ...rejection,
        warnings: recordedWarnings(warnings),
        auditAnnotations,
      };
    }),
  };
}

/** What the server refuses when an object is written: what is wrong with it, and with its expressions. */
function causes(kind: string, object: JsonObject, expressions: readonly FieldError[]): object[] {
  const body = JSON.stringify(object);
  const { root } = readJson(body, 0, body.length, 'body');
  if (root === undefined) throw new Error('unreadable case');
  const server = { minor: NEWEST_MINOR, procMountType: true, allowPrivileged: true };
  const written = writeObject({ root, value: object }, server);
  const name = text(record(object.metadata).name);
  return [
    ...written.causes.map(({ type, field }) => ({ kind, name, field, type })),
    ...expressions.map(({ path, message }) => {
      const field = formatFieldPath(path);
      const isInternal = message.startsWith(`${field}: Internal error`);
      return { kind, name, field, type: isInternal ? 'InternalError' : 'FieldValueInvalid' };
    }),
  ];
}

function surroundings({ authorized = [] }: Case, exact: Exact): PolicySurroundings {
  const { params = [], namespaces = [], customResources = [] } = exact;
  const served: readonly ServedKind[] = [
    ...servedKinds,
    ...customResources.map(({ group, version, kind, resource, scope }) => ({
      group,
      version,
      kind,
      resource,
      namespaced: scope !== 'Cluster',
      subresources: new Map([['status', { group, version, kind }]]),
    })),
  ];
  const isKind = (a: GroupVersionKind, b: GroupVersionKind): boolean =>
    a.group === b.group && a.version === b.version && a.kind === b.kind;
  return {
    namespace: (name) => namespaces.find((object) => metadataOf(object).name === name),
    params: (kind) => {
      const found = served.find((each) => isKind(each, kind));
      if (found === undefined) return undefined;
      return {
        namespaced: found.namespaced,
        objects: firstOfEach([...namespaces, ...params].filter((object) => isKind(kindOf(object), kind))),
      };
    },
    equivalents: (resource, subresource) => {
      const identity = (each: { readonly group: string; readonly resource: string }): string =>
        each.resource === 'events' && ['', 'events.k8s.io'].includes(each.group)
          ? 'events'
          : `${each.group}/${each.resource}`;
      return served
        .filter((each) => identity(each) === identity(resource))
        .flatMap((each) => {
          const kind = subresource === '' ? each : each.subresources.get(subresource);
          return kind === undefined ? [] : [{ resource: each, kind }];
        });
    },
    convert: (object, to) => (to.kind === 'HorizontalPodAutoscaler' ? convertAutoscaler(object, to.version) : object),
    isBuiltIn: (kind) => !customResources.some((each) => isKind(each, kind)),
    authorize: authorizerOf(authorized),
  };
}

function firstOfEach(objects: readonly HostObject[]): readonly HostObject[] {
  const seen = new Map<string, HostObject>();
  for (const object of objects) {
    const { namespace = '', name = '' } = metadataOf(object);
    const key = JSON.stringify([namespace, name]);
    if (!seen.has(key)) seen.set(key, object);
  }
  return [...seen.values()];
}

function kindOf(object: HostObject | undefined): GroupVersionKind {
  const apiVersion = textOf(object?.apiVersion);
  const slash = apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: textOf(object?.kind),
  };
}

function textOf(value: HostJson | undefined): string {
  return typeof value === 'string' ? value : '';
}

function policyRequest(request: Request): PolicyRequest {
  const object = isFields(request.object) ? request.object : undefined;
  const oldObject = isFields(request.oldObject) ? request.oldObject : undefined;
  const named = object ?? oldObject;
  const kind = request.kind === undefined ? kindOf(named) : { group: '', version: '', kind: '', ...request.kind };
  const metadata = metadataOf(named);
  const name = request.name ?? textOf(metadata.name);
  const isNamespace = kind.group === '' && kind.kind === 'Namespace';
  const user = typeof request.user === 'string' ? { username: request.user } : (request.user ?? {});
  return {
    operation: request.operation,
    user: { name: user.username ?? '', uid: user.uid ?? '', groups: user.groups ?? [], extra: user.extra ?? {} },
    kind,
    resource: { group: '', version: '', resource: '', ...request.resource },
    subresource: request.subresource ?? '',
    name,
    namespace: request.namespace ?? (isNamespace ? name : textOf(metadata.namespace)),
    object,
    oldObject,
    dryRun: request.dryRun ?? false,
    options: isFields(request.options) ? request.options : undefined,
  };
}
