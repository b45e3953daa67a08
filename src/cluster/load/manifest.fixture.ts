import type { Json, JsonObject, ManifestObject } from '../../model/object.ts';
import type { SourceDocument } from '../../text/source.ts';
import type { MapNode, Tree } from '../../text/tree.ts';

/** A tree for a JSON value. Spans are those of one pass over the value, so that earlier nodes start earlier. */
function treeOf(value: Json, position: { at: number }): Tree {
  const start = position.at++;
  if (value === null) return { type: 'null', start, end: start + 1 };
  if (typeof value === 'string') return { type: 'string', value, start, end: start + 1 };
  if (typeof value === 'boolean') return { type: 'boolean', value, start, end: start + 1 };
  if (typeof value === 'number') return { type: 'number', literal: String(value), start, end: start + 1 };
  if (Array.isArray(value))
    return { type: 'list', items: value.map((item) => treeOf(item, position)), start, end: position.at };
  const entries = Object.entries(value).map(([key, child]) => {
    const keyStart = position.at++;
    return { key, keyStart, keyEnd: keyStart + 1, value: treeOf(child, position) };
  });
  return { type: 'map', entries, start, end: position.at };
}

/** The objects of a file that holds these values as its documents: for tests of this room, which need no text. */
export function manifestsOf(path: string, ...values: JsonObject[]): ManifestObject[] {
  const file = { path, text: '\n'.repeat(values.length) };
  return values.map((value, index) => {
    const node = treeOf(value, { at: index }) as MapNode;
    const document: SourceDocument = { file, index, format: 'yaml', span: node, root: node, problems: [] };
    const metadata = (value.metadata ?? {}) as Record<string, string | undefined>;
    const apiVersion = typeof value.apiVersion === 'string' ? value.apiVersion : 'v1';
    const slash = apiVersion.indexOf('/');
    return {
      document,
      path: [],
      node,
      apiVersion,
      group: slash < 0 ? '' : apiVersion.slice(0, slash),
      version: apiVersion.slice(slash + 1),
      kind: typeof value.kind === 'string' ? value.kind : '',
      name: metadata.name ?? '',
      generateName: metadata.generateName ?? '',
      namespace: metadata.namespace ?? '',
      copyOf: undefined,
    };
  });
}

/** A workload of any kind around one container. */
export function workload(
  kind: string,
  name: string,
  options: { apiVersion?: string; namespace?: string; image?: string } = {},
): JsonObject {
  const {
    apiVersion = kind === 'Pod' ? 'v1' : kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    namespace,
    image = 'nginx',
  } = options;
  const spec = { containers: [{ name: 'main', image }] };
  const metadata = namespace === undefined ? { name } : { name, namespace };
  if (kind === 'Pod') return { apiVersion, kind, metadata, spec };
  const template = { metadata: { labels: { app: name } }, spec };
  if (kind === 'CronJob') {
    const ofJob = { ...template, spec: { ...spec, restartPolicy: 'Never' } };
    return { apiVersion, kind, metadata, spec: { schedule: '@daily', jobTemplate: { spec: { template: ofJob } } } };
  }
  return { apiVersion, kind, metadata, spec: { selector: { matchLabels: { app: name } }, template } };
}

/** A PodSecurityPolicy with nothing but a name. */
export function policy(name: string, apiVersion = 'policy/v1beta1'): JsonObject {
  return { apiVersion, kind: 'PodSecurityPolicy', metadata: { name }, spec: {} };
}

/** A kube-apiserver static pod with these words after its name. */
export function apiServer(...flags: string[]): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'kube-apiserver', namespace: 'kube-system' },
    spec: {
      hostNetwork: true,
      containers: [
        { name: 'kube-apiserver', image: 'k8s.gcr.io/kube-apiserver:v1.19.3', command: ['kube-apiserver', ...flags] },
      ],
    },
  };
}
