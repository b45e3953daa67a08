import { memo } from '../../lang/memo.ts';
import { record, text } from '../../model/json.ts';
import { objectValue } from '../../model/object-value.ts';
import type { Json, JsonObject, ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { Cluster, ObjectPlace } from '../index/cluster.ts';
import { makePod, type MadePod } from './controller-pods.ts';
import { controller, person, unknownCreator } from './creators.ts';
import { parseTemplatePath, placesOf } from './custom-templates.ts';
import { createdName } from '../index/generated-name.ts';
import { podServer } from '../index/feature-gates.ts';
import { manifestsOf, namespaceOf } from '../index/object-index.ts';
import { controllerReference, isMadeByAnother } from './owners.ts';
import type { Creator, PodSource } from './pod-source.ts';
import { staticPod } from './static-pods.ts';
import { type WorkloadKind, workloadKind } from '../index/workload-kinds.ts';

/**
 * One source for each pod that the manifests lead to, superseded, refused and context ones included, in the order of the cluster's objects.
 * A workload whose owner is in the tree makes none, nor does one without a pod template; a set of replicas makes one that stands for all.
 */
export function podsOf(cluster: Cluster): readonly PodSource[] {
  return memo(cluster, collect);
}

function collect(cluster: Cluster): readonly PodSource[] {
  return manifestsOf(cluster).flatMap((object) => podsOfObject(cluster, object));
}

function podsOfObject(cluster: Cluster, object: ManifestObject): PodSource[] {
  const kind = workloadKind(object);
  const custom = kind === undefined ? customPath(cluster, object) : undefined;
  if (kind === undefined && custom === undefined) return [];
  const makesPods = (owner: ManifestObject): boolean =>
    (workloadKind(owner) ?? customPath(cluster, owner)) !== undefined;
  if (isMadeByAnother(cluster, object, makesPods)) return [];
  const value = objectValue(object, cluster.version.value);
  if (kind === undefined) {
    return placesOf(value, parseTemplatePath(custom ?? '')).flatMap((path) => customPod(cluster, object, value, path));
  }
  return object.kind === 'Pod' ? barePod(cluster, object, value) : controlledPod(cluster, object, value, kind);
}

function customPath(cluster: Cluster, object: ManifestObject): string | undefined {
  const { podTemplates } = cluster.settings;
  const key = object.group === '' ? object.kind : `${object.group}/${object.kind}`;
  return podTemplates !== undefined && Object.hasOwn(podTemplates, key) ? podTemplates[key] : undefined;
}

function barePod(cluster: Cluster, object: ManifestObject, value: JsonObject): PodSource[] {
  const made: MadePod = { metadata: record(value.metadata), spec: record(value.spec) };
  const mirror = staticPod(object, made);
  if (mirror !== undefined) return source(cluster, object, mirror.made, [], [], mirror.creator);
  return source(cluster, object, made, [], [], creatorOf(cluster, object));
}

/** Who creates a bare Pod: a person, or the controller that its manifest names as the owner. */
function creatorOf(cluster: Cluster, object: ManifestObject): Creator {
  const reference = controllerReference(object);
  if (reference === undefined) return person(cluster);
  const owner = workloadKind(reference);
  if (owner === undefined || owner.controller === '') return unknownCreator(`${reference.kind} \`${reference.name}\``);
  return controller(cluster, owner.controller);
}

function controlledPod(cluster: Cluster, object: ManifestObject, value: JsonObject, kind: WorkloadKind): PodSource[] {
  const template = record(at(value, kind.templatePath));
  // The server has made up a name before a controller sees the object.
  const name = createdName(object);
  const made = makePod({ kind: object.kind, name, spec: record(value.spec), template, server: podServer(cluster) });
  const creator =
    kind.controller === '' ? unknownCreator(`${object.kind} \`${name}\``) : controller(cluster, kind.controller);
  return source(cluster, object, made, [...kind.templatePath, 'spec'], [...kind.templatePath, 'metadata'], creator);
}

/** A declared template: a pod template, or a bare pod spec. */
function customPod(cluster: Cluster, object: ManifestObject, value: JsonObject, path: FieldPath): PodSource[] {
  const template = record(at(value, path));
  const isSpec = template.spec === undefined && Array.isArray(template.containers);
  const making = { kind: '', name: object.name, spec: {}, server: podServer(cluster) };
  const made = makePod({ ...making, template: isSpec ? { spec: template } : template });
  const specPath = isSpec ? path : [...path, 'spec'];
  const creator = unknownCreator(`${object.kind} \`${object.name}\``);
  return source(cluster, object, made, specPath, isSpec ? ['metadata'] : [...path, 'metadata'], creator);
}

function at(value: Json, path: FieldPath): Json | undefined {
  let node: Json | undefined = value;
  for (const segment of path) {
    if (Array.isArray(node)) node = typeof segment === 'number' ? node[segment] : undefined;
    else node = record(node)[segment];
  }
  return node;
}

function source(
  cluster: Cluster,
  owner: ManifestObject,
  made: MadePod,
  specPath: FieldPath,
  metadataPath: FieldPath,
  creator: Creator,
): PodSource[] {
  if (!Array.isArray(made.spec.containers)) return []; // the server refuses it before admission; reading says so
  return [new MadePodSource(namespaceOf(cluster, owner), owner, made, specPath, metadataPath, creator)];
}

/** A class and no literal: V8 gives every literal with a getter a shape of its own, and pods are what rules read most. */
class MadePodSource implements PodSource {
  readonly pod: JsonObject;
  readonly namespace: string;
  readonly accountName: string;
  readonly owner: ManifestObject;
  readonly creator: Creator;
  private readonly made: MadePod;
  private readonly specPath: FieldPath;
  private readonly metadataPath: FieldPath;

  constructor(
    namespace: string,
    owner: ManifestObject,
    made: MadePod,
    specPath: FieldPath,
    metadataPath: FieldPath,
    creator: Creator,
  ) {
    const { spec } = made;
    this.pod = { apiVersion: 'v1', kind: 'Pod', metadata: { ...made.metadata, namespace }, spec };
    this.namespace = namespace;
    const isMirror = creator.kind === 'kubelet';
    this.accountName = isMirror ? '' : text(spec.serviceAccountName) || text(spec.serviceAccount) || 'default';
    this.owner = owner;
    this.creator = creator;
    this.made = made;
    this.specPath = specPath;
    this.metadataPath = metadataPath;
  }

  get name(): string {
    const { name, generateName } = this.made.metadata;
    return this.realName(text(name) || text(generateName) || 'Unknown');
  }

  get templatePath(): FieldPath {
    return this.specPath.slice(0, -1);
  }

  realName(shown: string): string {
    return this.made.realName?.(shown) ?? shown;
  }

  placeOf(podPath: FieldPath): ObjectPlace {
    const { owner: object, specPath, metadataPath, made } = this;
    if (specPath.length === 0) return { object, path: podPath };
    const [part, field, index, ...rest] = podPath;
    if (part === 'spec') {
      const volume = field === 'volumes' && typeof index === 'number' ? made.volumePaths?.[index] : undefined;
      return { object, path: volume === undefined ? [...specPath, ...podPath.slice(1)] : [...volume, ...rest] };
    }
    const isTemplated = field === 'labels' || field === 'annotations' || field === 'finalizers';
    if (part === 'metadata' && isTemplated) return { object, path: [...metadataPath, ...podPath.slice(1)] };
    return { object, path: part === 'metadata' ? ['metadata', 'name'] : [] };
  }
}
