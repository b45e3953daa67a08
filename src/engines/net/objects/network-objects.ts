import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import type { JsonObject, ManifestObject } from '../../../model/object.ts';

/** One object of a cluster: its decoded value, and where it was written if it was. */
export interface NetworkObject {
  readonly json: JsonObject;
  readonly manifest?: ManifestObject;
  /** Of a pod that a manifest leads to. */
  readonly source?: PodSource;
  /** The namespace it lands in, where that is not what its metadata says. */
  readonly namespace?: string;
}

/** All that the engine asks of a cluster; the order of the objects does not matter. */
export interface NetworkObjects {
  readonly objects: readonly NetworkObject[];
  /** Whether the API server labels every namespace with its name: it does since Kubernetes 1.21. Default: it does. */
  readonly labelsNamespaces?: boolean;
  /** What the objects leave open; absent: they tell of everything there is. */
  readonly unsaid?: Unsaid;
}

/** What may be otherwise than the objects say. */
export interface Unsaid {
  /** Whether a network set without members has them elsewhere; then tiers may be defined elsewhere, too. */
  readonly openSets: boolean;
  /** Blocks in which every pod's address lies. */
  readonly podBlocks: readonly Cidr[];
  /** Namespaces whose labels are not written anywhere. */
  readonly namespaces: ReadonlySet<string>;
  /** Accounts (`namespace/name`) whose labels are not written anywhere. */
  readonly accounts: ReadonlySet<string>;
}

/** Objects that were written nowhere: cases and tests. */
export function plainObjects(values: readonly JsonObject[]): NetworkObjects {
  return { objects: values.map((json) => ({ json })) };
}
