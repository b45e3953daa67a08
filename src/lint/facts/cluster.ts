import type { Cluster, Settled, UserInfo } from '../../cluster/index/cluster.ts';
import { controlPlane, type ControlPlane } from '../../cluster/components/control-plane.ts';
import { serviceAccountUser } from '../../cluster/index/system-users.ts';
import { controllerCredentials } from '../../cluster/pods/creators.ts';
import { findObject, namespaceOf, objectsOfKind } from '../../cluster/index/object-index.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { podsOf } from '../../cluster/pods/pods-of.ts';
import { record } from '../../model/json.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { SourceDocument } from '../../text/source.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { Place } from '../finding/place.ts';
import { describePod } from '../words/describe-pod.ts';
import { lintedObjects } from './schema-check.ts';
import type { FactContext } from './fact-context.ts';
import { lazily } from './lazily.ts';

/** The cluster's objects and pods, and what is settled about it. */
export interface ClusterFacts {
  readonly cluster: Cluster;
  /**
   * Where findings about all manifests together stand: at the top of the kustomization that makes the first object to judge, or of the first
   * object's file.
   */
  readonly place: Place;
  /** The documents of the linted files. */
  readonly documents: readonly SourceDocument[];
  /** The objects to judge: all but those of context files; superseded ones included. */
  readonly linted: readonly ManifestObject[];
  /** The pods and pod templates of linted objects. */
  readonly pods: readonly PodSource[];
  /** What the manifests show of the control plane. */
  readonly controlPlane: ControlPlane;
  /** Whether each controller has an account of its own. */
  readonly controllerCredentials: Settled<boolean>;
  isLinted(object: ManifestObject): boolean;
  /** Whether other manifests define the same object, so that it is not certain which of them counts. */
  isRepeated(object: ManifestObject): boolean;
  /** The existing objects of a kind, context ones included. */
  ofKind(group: string, kind: string): readonly ManifestObject[];
  /** The existing object of an identity; `namespace` is '' for kinds without one. */
  find(group: string, kind: string, namespace: string, name: string): ManifestObject | undefined;
  /** A pod by its manifest: the pods of Deployment `web`. */
  describe(pod: PodSource): string;
  /** The images that a pod's containers and init containers name, in order, and where. */
  imagesOf(pod: PodSource): readonly { readonly image: string; readonly path: FieldPath }[];
  /** The user that a ServiceAccount's pods act as. */
  accountUser(namespace: string, name: string): UserInfo;
  /** The namespace an object lands in; '' for kinds without one. */
  namespaceOf(object: ManifestObject): string;
}

/** Answers from the loaded cluster. */
export const clusterFacts = lazily<FactContext, ClusterFacts>({
  cluster: ({ cluster }) => cluster,
  place: ({ cluster, documents, entryPoints }) => {
    const first = (lintedObjects(cluster)[0]?.document ?? documents[0])?.file;
    const entryPoint = entryPoints.find(({ file }) => file.path === first?.path);
    const file = entryPoint?.file ?? first ?? { path: '.', text: '' };
    return { file, span: { start: 0, end: 0 }, isOfCluster: true };
  },
  documents: ({ documents }) => documents,
  linted: ({ cluster }) => lintedObjects(cluster),
  pods: ({ cluster }) => podsOf(cluster).filter(({ owner }) => !cluster.context.has(owner)),
  controlPlane: ({ cluster }) => controlPlane(cluster),
  controllerCredentials: ({ cluster }) => controllerCredentials(cluster),
  isLinted:
    ({ cluster: { context } }) =>
    (object) =>
      !context.has(object),
  isRepeated:
    ({ cluster }) =>
    (object) =>
      cluster.superseded.some(
        ({ kind, name, group, namespace }) =>
          kind === object.kind && name === object.name && group === object.group && namespace === object.namespace,
      ),
  ofKind:
    ({ cluster }) =>
    (group, kind) =>
      objectsOfKind(cluster, group, kind),
  find:
    ({ cluster }) =>
    (group, kind, namespace, name) =>
      findObject(cluster, group, kind, namespace, name),
  describe: () => describePod,
  imagesOf: () => imagesOf,
  accountUser: () => serviceAccountUser,
  namespaceOf:
    ({ cluster }) =>
    (object) =>
      namespaceOf(cluster, object),
});

function imagesOf({ pod }: PodSource): { image: string; path: FieldPath }[] {
  const spec: PodSpec = record(pod.spec);
  return (['initContainers', 'containers'] as const).flatMap((list) =>
    (spec[list] ?? []).flatMap(({ image = '' }, index) =>
      image.trim() === '' ? [] : [{ image, path: ['spec', list, index, 'image'] }],
    ),
  );
}
