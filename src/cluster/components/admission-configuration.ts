import { plainJson } from '../../model/object-value.ts';
import type { ManifestObject } from '../../model/object.ts';
import { readDocuments } from '../../text/read.ts';
import type { SourceDocument } from '../../text/source.ts';
import type { Tree } from '../../text/tree.ts';
import type { Cluster, ObjectPlace, Settled } from '../index/cluster.ts';
import { type Component, lastFlag } from './component.ts';
import { controlPlane } from './control-plane.ts';
import { itemsAt, nodeAt, stringAt } from '../index/field-node.ts';
import { longestShared, relativeTo } from './node-path.ts';

/** The configuration of one admission plugin, as its own text, and where in the tree it stands. */
export interface PluginConfiguration {
  readonly document: SourceDocument;
  readonly place: ObjectPlace;
}

/** Kind and group of a plugin's own configuration, to know its file by where `path` names it. */
export interface PluginConfigurationKind {
  readonly plugin: string;
  readonly group: string;
  readonly kind: string;
}

const FLAG = 'admission-control-config-file';
const GROUPS = new Set(['apiserver.config.k8s.io', 'apiserver.k8s.io']);
const KIND = 'AdmissionConfiguration';

/**
 * What the kube-apiserver is given for an admission plugin through --admission-control-config-file; undefined where it is given nothing.
 * Where the file is not in the tree, or nobody says that it is read, the answer is taken for granted and has a `decide`. Files are known by the
 * end of their path, since the tree does not lie where the server runs. Mirrors admission/config.go of apiserver, v1.37.
 */
export function pluginConfiguration(
  cluster: Cluster,
  kind: PluginConfigurationKind,
): Settled<PluginConfiguration | undefined> {
  const servers = controlPlane(cluster).apiServers;
  const [first] = servers;
  if (first === undefined) return withoutServer(cluster, kind);
  const answers = servers.map((server) => ofServer(cluster, server, kind));
  const [answer] = answers;
  if (answer !== undefined && answers.every((other) => sameConfiguration(other.value, answer.value))) {
    return answers.find(({ decide }) => decide !== undefined) ?? answer;
  }
  const origin = 'the kube-apiserver manifests name different files of admission configuration';
  return { value: undefined, origin, decide: 'split the tree with `clusters`', place: first.place };
}

function sameConfiguration(left: PluginConfiguration | undefined, right: PluginConfiguration | undefined): boolean {
  return left?.place.object === right?.place.object;
}

/** Without a kube-apiserver manifest, the only configuration of the plugin in the tree is taken to be read. */
function withoutServer(cluster: Cluster, kind: PluginConfigurationKind): Settled<PluginConfiguration | undefined> {
  const decide = 'add the kube-apiserver manifest to the tree';
  const found = admissionConfigurations(cluster).flatMap((object) => {
    const entry = entryOf(object, kind.plugin);
    return entry === undefined ? [] : [ofEntry(cluster, entry, object.document.file.path, kind)];
  });
  const own = found.length === 0 ? standingAlone(cluster, kind) : found;
  const [only, another] = own;
  if (another !== undefined) {
    return {
      value: undefined,
      origin: `several files configure ${kind.plugin}, and no kube-apiserver names one`,
      decide,
    };
  }
  if (only?.value === undefined)
    return only ?? { value: undefined, origin: 'there is no kube-apiserver manifest', decide };
  const origin = `${only.value.place.object.document.file.path}, which the kube-apiserver is taken to read`;
  return { ...only, origin, decide };
}

function standingAlone(cluster: Cluster, kind: PluginConfigurationKind): Settled<PluginConfiguration | undefined>[] {
  return cluster.objects
    .filter((object) => isOf(object, kind))
    .map((object) => ({ value: wholeObject(object), origin: '' }));
}

function ofServer(
  cluster: Cluster,
  server: Component,
  kind: PluginConfigurationKind,
): Settled<PluginConfiguration | undefined> {
  const flag = lastFlag(server, FLAG);
  if (flag === undefined || flag.value === '') {
    return { value: undefined, origin: `kube-apiserver has no --${FLAG}`, place: server.place };
  }
  const object = longestShared(flag.value, admissionConfigurations(cluster), ({ document }) => document.file.path);
  if (object === undefined) return { ...missing(flag.value), place: flag.place };
  const entry = entryOf(object, kind.plugin);
  if (entry === undefined) {
    return {
      value: undefined,
      origin: `${object.document.file.path} says nothing of ${kind.plugin}`,
      place: flag.place,
    };
  }
  return ofEntry(cluster, entry, flag.value, kind);
}

function missing(path: string): Settled<undefined> {
  return {
    value: undefined,
    origin: `the kube-apiserver reads ${path}, which is not in the tree`,
    decide: `add ${path} to the tree`,
  };
}

function admissionConfigurations({ objects }: Cluster): readonly ManifestObject[] {
  return objects.filter(({ group, kind }) => kind === KIND && GROUPS.has(group));
}

function isOf({ group, kind }: ManifestObject, wanted: PluginConfigurationKind): boolean {
  return group === wanted.group && kind === wanted.kind;
}

interface PluginEntry {
  readonly object: ManifestObject;
  readonly index: number;
  readonly node: Tree;
}

/** The first entry of a plugin counts. */
function entryOf(object: ManifestObject, plugin: string): PluginEntry | undefined {
  for (const [index, node] of itemsAt(object.node, ['plugins']).entries()) {
    if (stringAt(node, ['name']) === plugin) return { object, index, node };
  }
  return undefined;
}

/** `from` is the path of the AdmissionConfiguration as the server knows it: a relative `path` starts there. */
function ofEntry(
  cluster: Cluster,
  { object, index, node }: PluginEntry,
  from: string,
  kind: PluginConfigurationKind,
): Settled<PluginConfiguration | undefined> {
  const place = { object, path: ['plugins', index] };
  const { path: file } = object.document.file;
  const inline = nodeAt(node, ['configuration']);
  if (inline !== undefined && inline.type !== 'null') {
    // The server hands the plugin what it read as JSON.
    const [document] = readDocuments({ path: file, text: JSON.stringify(plainJson(inline)) }).documents;
    const value = document && { document, place: { object, path: [...place.path, 'configuration'] } };
    return { value, origin: file, place };
  }
  const named = stringAt(node, ['path']);
  if (named === '') return { value: undefined, origin: `${file} gives ${kind.plugin} no configuration`, place };
  const candidates = cluster.objects.filter((each) => isOf(each, kind));
  const beside = candidates.find(({ document }) => document.file.path === relativeTo(file, named));
  const found = beside ?? longestShared(relativeTo(from, named), candidates, ({ document }) => document.file.path);
  if (found === undefined) return { ...missing(relativeTo(from, named)), place };
  return { value: wholeObject(found), origin: found.document.file.path, place };
}

function wholeObject(object: ManifestObject): PluginConfiguration {
  return { document: object.document, place: { object, path: [] } };
}
