import type { JsonObject, ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { ObjectPlace, Settled, UserInfo } from '../index/cluster.ts';

/** One pod that a manifest leads to, as the API server receives it: before defaulting and admission. */
export interface PodSource {
  /**
   * apiVersion, kind, metadata and spec. It shares values with the manifest: never change it in place. What the cluster makes up is `x` in it
   * (`web-xxxxxxxxxx-`); `realName` knows better.
   */
  readonly pod: JsonObject;
  readonly namespace: string;
  /** The name in the server's messages: `web-0`, or for generated names the prefix (`web-66b6c48dd5-`). Worked out when first read. */
  readonly name: string;
  /** The name that a message says instead of one of `pod`'s: with the hash of the template in place of its stand-in, where it can be told. */
  realName(name: string): string;
  /** The ServiceAccount it runs as once admitted; '' for a mirror pod, which has none. */
  readonly accountName: string;
  /** The manifest that the pod comes from. */
  readonly owner: ManifestObject;
  /** Where the pod or its template stands in the owner: `[]`, `['spec', 'template']`, ... */
  readonly templatePath: FieldPath;
  readonly creator: Creator;
  /** The field of the owner behind a field of the pod; the pod's path as it is after admission is fine too. */
  placeOf(podPath: FieldPath): ObjectPlace;
}

/** Who asks the API server to create the pod. */
export interface Creator {
  /**
   * `person`: the user who applies the manifest; `controller`: one of kube-controller-manager; `kubelet`: a static pod, which runs whether or
   * not its mirror is admitted; `unknown`: a custom controller, or nobody (a PodTemplate makes no pod by itself).
   */
  readonly kind: 'person' | 'controller' | 'kubelet' | 'unknown';
  /**
   * With `decide` when it is taken for granted. A person or controller of whom nothing is known is a user without a name in the group
   * `system:authenticated` alone: the rights that everybody has at least.
   */
  readonly user: Settled<UserInfo>;
}
