import type { Authorize } from '../../../lang/cel/library/authorizer.ts';
import type { HostJson } from '../../../lang/cel/values/json-values.ts';

export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export interface GroupVersionResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

/** An object with its fields, as decoded. */
export type HostObject = Readonly<Record<string, HostJson | undefined>>;

/** A request as policies see it, after defaulting, mutation and validation. */
export interface PolicyRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  readonly user: {
    readonly name: string;
    readonly uid: string;
    readonly groups: readonly string[];
    readonly extra: Readonly<Record<string, readonly string[]>>;
  };
  readonly kind: GroupVersionKind;
  readonly resource: GroupVersionResource;
  /** '' for the object itself. */
  readonly subresource: string;
  /** '' while the name is not generated. */
  readonly name: string;
  /** '' for objects without a namespace; of a Namespace its own name. */
  readonly namespace: string;
  readonly object: HostObject | undefined;
  readonly oldObject: HostObject | undefined;
  readonly dryRun: boolean;
  /** The options of the operation, where the request has any. */
  readonly options: HostObject | undefined;
}

/** A resource that is served under several groups or versions. */
export interface Equivalent {
  readonly resource: GroupVersionResource;
  readonly kind: GroupVersionKind;
}

/** The objects that may be parameters of a kind. */
export interface ParamObjects {
  readonly namespaced: boolean;
  readonly objects: readonly HostObject[];
}

/** What policies ask of the cluster. */
export interface PolicySurroundings {
  readonly namespace: (name: string) => HostObject | undefined;
  /** Undefined for a kind that is not served. */
  readonly params: (kind: GroupVersionKind) => ParamObjects | undefined;
  /** The versions of a resource that have a subresource, the one in question among them, in the order of the server. */
  readonly equivalents: (resource: GroupVersionResource, subresource: string) => readonly Equivalent[];
  readonly convert: (object: HostObject, to: GroupVersionKind) => HostObject;
  /** Whether the server has the kind as a Go struct. */
  readonly isBuiltIn: (kind: GroupVersionKind) => boolean;
  readonly authorize: Authorize;
}

/** Whether objects of a kind have metadata; the options of connections, such as PodExecOptions, have none. */
export function hasMetadata({ group, kind }: GroupVersionKind): boolean {
  return group !== '' || !kind.endsWith('Options');
}

/** The metadata of an object; empty where it has none. */
export function metadataOf(object: HostObject | undefined): HostObject {
  const metadata = object?.metadata;
  return isFields(metadata) ? metadata : {};
}

/** The labels of an object. */
export function labelsOf(object: HostObject | undefined): ReadonlyMap<string, string> {
  const { labels } = metadataOf(object);
  if (!isFields(labels)) return new Map();
  return new Map(Object.entries(labels).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
}

/** Whether JSON is an object. */
export function isFields(json: HostJson | undefined): json is HostObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
