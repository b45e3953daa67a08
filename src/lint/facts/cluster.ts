import type { Cluster } from '../../cluster/cluster.ts';
import type { PodSource } from '../../cluster/pod-source.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { SourceDocument } from '../../text/source.ts';

/** A PodSecurityPolicy of the tree. */
export interface PolicySubject {
  readonly object: ManifestObject;
  readonly name: string;
}

/** The cluster's objects, pods and policies. */
export interface ClusterFacts {
  readonly cluster: Cluster;
  /** The documents of the linted files. */
  readonly documents: readonly SourceDocument[];
  /** The objects to judge: all but those of context files. */
  readonly linted: readonly ManifestObject[];
  readonly pods: readonly PodSource[];
  readonly policies: readonly PolicySubject[];
}

/** Answers from the loaded cluster. */
export function clusterFacts(cluster: Cluster, documents: readonly SourceDocument[]): ClusterFacts {
  const { objects, context } = cluster;
  return {
    cluster,
    documents,
    linted: context.size === 0 ? objects : objects.filter((object) => !context.has(object)),
    pods: [],
    policies: [],
  };
}
