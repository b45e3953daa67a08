import type { Cluster, UserInfo } from '../../../cluster/index/cluster.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { Judgement } from '../../psp/judge-pod.ts';
import type { Assumption, Reason } from '../../verdict.ts';

export type Operation = 'CREATE' | 'UPDATE';

/** A request as admission plugins see it (upstream: admission.Attributes). */
export interface AdmissionAttributes {
  readonly operation: Operation;
  readonly user: UserInfo;
  /** '' for objects without a namespace; of a Namespace its own name. */
  readonly namespace: string;
  /** '' where the request names none, as a creation with a generated name before the name is generated. */
  readonly name: string;
  readonly group: string;
  readonly kind: string;
  /** The plural name: `pods`. */
  readonly resource: string;
  /** '' for the object itself. */
  readonly subresource: string;
  /** Whether objects of this kind live in namespaces. */
  readonly namespaced: boolean;
  /** The object as decoding, defaulting and the plugins before left it. */
  readonly object: JsonObject;
  readonly oldObject?: JsonObject;
  /** The name for messages in place of one of the object's, where that may hold a stand-in. */
  readonly realName?: (name: string) => string;
}

/** A refusal; `message` is what the client sees. */
export interface Rejection {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  /** Parts of `message` that the server prints in any order; none where there is but one order. */
  readonly messageParts: readonly string[];
  /** The deciding objects, most decisive first. */
  readonly because: readonly Reason[];
}

/** What a plugin has to say about a request that it lets pass. */
export interface Remark {
  /** What the client is told, or an error of a policy that the server ignores. */
  readonly is: 'warning' | 'ignored';
  readonly message: string;
  readonly because: readonly Reason[];
}

/** What one plugin does in one pass. Everything left out is nothing. */
export interface PluginOutcome {
  readonly rejection?: Rejection;
  /** The object as the plugin changed it; only the mutating pass changes anything. */
  readonly object?: JsonObject;
  readonly auditAnnotations?: Readonly<Record<string, string>>;
  readonly warnings?: readonly string[];
  /** The warnings with what gave them, and what else there is to say. */
  readonly remarks?: readonly Remark[];
  readonly assumptions?: readonly Assumption[];
  /** What the PodSecurityPolicy plugin made of every policy. */
  readonly psp?: Judgement;
}

/** What a plugin knows beside the cluster and the request. */
export interface PluginContext {
  /** Its configuration (the AdmissionConfiguration's part for it), as decoded JSON; undefined where there is none. */
  readonly configuration: JsonObject | undefined;
  /** Objects that were admitted before this request and that no manifest of the cluster tells of: quotas count them. */
  readonly admitted: readonly JsonObject[];
}

export type PluginPass = (cluster: Cluster, attributes: AdmissionAttributes, context: PluginContext) => PluginOutcome;

/** An admission plugin: pure functions of the cluster and the request, one for each pass that it takes part in. */
export interface AdmissionPlugin {
  readonly name: string;
  readonly operations: readonly Operation[];
  readonly admit?: PluginPass;
  readonly validate?: PluginPass;
}
