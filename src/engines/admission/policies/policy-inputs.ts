import { AuthorizerValue, ResourceCheckValue } from '../../../lang/cel/library/authorizer.ts';
import { fromJson, fromStruct, type HostJson, type NumberReading } from '../../../lang/cel/values/json-values.ts';
import type { Value } from '../../../lang/cel/values/value.ts';
import { once } from '../../../lang/once.ts';
import {
  type Equivalent,
  type GroupVersionResource,
  type HostObject,
  isFields,
  metadataOf,
  type PolicyRequest,
  type PolicySurroundings,
} from './policy-request.ts';

/** The values of variables by name, each made when it is first asked for. */
export interface Variables {
  readonly get: (name: string) => Value | undefined;
}

/** What the expressions of a policy see of a request, by what they may see. */
export interface PolicyInputs {
  /** `matchConditions`: the resource is the client's, and there is no namespace. */
  readonly forConditions: Variables;
  readonly forValidations: Variables;
  /** Messages and audit annotations have no authorizer. */
  readonly forMessages: Variables;
}

/** The objects of a request, converted to the kind as which a policy matched it. */
export interface MatchedRequest {
  readonly request: PolicyRequest;
  readonly matched: Equivalent;
  readonly namespace: HostObject | undefined;
}

/** The values of the variables. Mirrors newActivation and CreateAdmissionRequest of the apiserver's admission/plugin/cel. */
export function policyInputs(
  { request, matched, namespace }: MatchedRequest,
  params: HostObject | undefined,
  around: PolicySurroundings,
  read: NumberReading,
): PolicyInputs {
  const valueOf = around.isBuiltIn(matched.kind) ? fromStruct : fromJson;
  const isOther = matched.kind.group !== request.kind.group || matched.kind.version !== request.kind.version;
  const converted = (object: HostObject | undefined): Value =>
    valueOf(object !== undefined && isOther ? around.convert(object, matched.kind) : object, read);
  const { resource, subresource, name } = request;
  const objects = new LazyVariables({
    object: () => converted(request.object),
    oldObject: () => converted(request.oldObject),
    params: () => fromJson(params, read),
  });
  const asked = { group: resource.group, resource: resource.resource, subresource, namespace: request.namespace, name };
  const authorizer = once(() => new AuthorizerValue(request.user, around.authorize));
  const forMessages = new LazyVariables(
    {
      request: () => fromStruct(requestObject(request, matched, matched.resource), read),
      namespaceObject: () => fromStruct(namespaceObject(namespace), read),
    },
    objects,
  );
  const authorizers = {
    authorizer,
    'authorizer.requestResource': () => new ResourceCheckValue(authorizer(), asked),
  };
  return {
    forConditions: new LazyVariables(
      {
        ...authorizers,
        request: () => fromStruct(requestObject(request, matched, resource), read),
        namespaceObject: () => null,
      },
      objects,
    ),
    forValidations: new LazyVariables(authorizers, forMessages),
    forMessages,
  };
}

class LazyVariables implements Variables {
  private readonly makers: Readonly<Record<string, () => Value>>;
  private readonly others: Variables | undefined;
  private readonly made = new Map<string, Value>();

  constructor(makers: Readonly<Record<string, () => Value>>, others?: Variables) {
    this.makers = makers;
    this.others = others;
  }

  readonly get = (name: string): Value | undefined => {
    const known = this.made.get(name);
    if (known !== undefined) return known;
    const make = Object.hasOwn(this.makers, name) ? this.makers[name] : undefined;
    const value = make === undefined ? this.others?.get(name) : make();
    if (value !== undefined) this.made.set(name, value);
    return value;
  };
}

function requestObject(request: PolicyRequest, { kind }: Equivalent, resource: GroupVersionResource): HostObject {
  const { user, subresource, name, namespace, operation, dryRun, options = null } = request;
  const { group, version } = kind;
  return {
    kind: { group, version, kind: kind.kind },
    resource: { group: resource.group, version: resource.version, resource: resource.resource },
    ...named('subResource', subresource),
    requestKind: { group: request.kind.group, version: request.kind.version, kind: request.kind.kind },
    requestResource: {
      group: request.resource.group,
      version: request.resource.version,
      resource: request.resource.resource,
    },
    ...named('requestSubResource', subresource),
    ...named('name', name),
    ...named('namespace', namespace),
    operation,
    userInfo: {
      ...named('username', user.name),
      ...named('uid', user.uid),
      ...(user.groups.length > 0 && { groups: user.groups }),
      ...(Object.keys(user.extra).length > 0 && { extra: user.extra }),
    },
    dryRun,
    options,
  };
}

/** A field that is left out where it is empty. */
function named(field: string, value: string): HostObject {
  return value === '' ? {} : { [field]: value };
}

const SHOWN_METADATA = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'finalizers',
];

function namespaceObject(namespace: HostObject | undefined): HostJson {
  if (namespace === undefined) return null;
  const metadata = metadataOf(namespace);
  const { spec, status } = namespace;
  return {
    metadata: Object.fromEntries(
      SHOWN_METADATA.flatMap((field) => (field in metadata ? [[field, metadata[field]]] : [])),
    ),
    spec: isFields(spec) ? spec : {},
    status: isFields(status) ? status : {},
  };
}
