import type { Cluster } from '../../cluster/index/cluster.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { EntryPoint } from '../../render/entry-points/entry-point.ts';
import type { Problem, SourceDocument } from '../../text/source.ts';

/** Manifests of one kind and name that are not part of a cluster. */
export type OtherManifests = (group: string, kind: string, name: string) => readonly ManifestObject[];

/** A cluster as the linter meets it. */
export interface LintedCluster {
  readonly cluster: Cluster;
  /** The documents of its linted files. */
  readonly documents: readonly SourceDocument[];
  /** What reading and decoding those documents found. */
  readonly problems: readonly Problem[];
  /** The paths of files that a kustomization changes before they are applied; none when absent. */
  readonly transformed?: ReadonlySet<string>;
  /** Whether a patch of a kustomization targets an object before it is applied; none is when absent. */
  readonly isPatched?: (object: ManifestObject) => boolean;
  /** The paths of files that a kustomization applies together with files of another cluster, where clusters are guessed; none when absent. */
  readonly joined?: ReadonlySet<string>;
  /** The manifests of other clusters of the tree, where clusters are guessed: what is missing here may be meant. None when absent. */
  readonly elsewhere?: OtherManifests;
  /** The kustomizations that make its objects; none when absent. */
  readonly entryPoints?: readonly EntryPoint[];
}

/** What facts are made of: one cluster as it is linted. Every maker of facts takes this, and nothing else; what is elsewhere only puts findings in doubt. */
export interface FactContext extends Required<Omit<LintedCluster, 'elsewhere'>> {
  /** All clusters of the tree, this one among them. */
  readonly clusters: readonly Cluster[];
}
