import type { KubernetesObject } from '../../model/kinds/metadata.ts';
import type { Pod } from '../../model/kinds/pod.ts';
import type { JsonObject } from '../../model/object.ts';
import type { PsaConfiguration } from './configuration.ts';
import type { ServerEdition } from './evaluate-pod.ts';

/** What Pod Security Admission sees of a request. Objects are as they would be stored: defaulted and mutated. */
export interface PsaRequest {
  readonly operation: 'CREATE' | 'UPDATE';
  /** `pods`, `deployments.apps`. */
  readonly resource: string;
  /** '' for the object itself. */
  readonly subresource: string;
  readonly userName: string;
  readonly name: string;
  /** Of a request about a namespace, that namespace. */
  readonly namespace: string;
  readonly object: JsonObject | undefined;
  /** The stored object, of an update. */
  readonly oldObject?: JsonObject | undefined;
}

/** The server around the plugin: how it is set up, and what exists. */
export interface PsaServer extends ServerEdition {
  readonly configuration: PsaConfiguration;
  /** Undefined where there is no such namespace. */
  readonly namespace: (name: string) => KubernetesObject | undefined;
  /** In the order in which the server lists them. */
  readonly podsIn: (namespace: string) => readonly Pod[];
}
