import type { ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { Component, ComponentFlag, ComponentName } from './component.ts';
import { nodeAt, stringAt } from '../index/field-node.ts';

interface Part {
  readonly name: ComponentName;
  readonly path: FieldPath;
  /** Whether kubeadm starts the component for this configuration even where it has no arguments of its own. */
  readonly always: boolean;
}

const clusterParts: readonly Part[] = [
  { name: 'kube-apiserver', path: ['apiServer', 'extraArgs'], always: true },
  { name: 'kube-apiserver', path: ['apiServerExtraArgs'], always: true },
  { name: 'kube-controller-manager', path: ['controllerManager', 'extraArgs'], always: true },
  { name: 'kube-controller-manager', path: ['controllerManagerExtraArgs'], always: true },
  { name: 'kube-scheduler', path: ['scheduler', 'extraArgs'], always: true },
  { name: 'kube-scheduler', path: ['schedulerExtraArgs'], always: true },
  { name: 'etcd', path: ['etcd', 'local', 'extraArgs'], always: false },
];

const nodeParts: readonly Part[] = [{ name: 'kubelet', path: ['nodeRegistration', 'kubeletExtraArgs'], always: false }];

const partsOf: Readonly<Record<string, readonly Part[]>> = {
  ClusterConfiguration: clusterParts,
  MasterConfiguration: [...clusterParts, ...nodeParts],
  InitConfiguration: nodeParts,
  JoinConfiguration: nodeParts,
  NodeConfiguration: nodeParts,
};

const placeOf: Readonly<Record<ComponentName, FieldPath>> = {
  'kube-apiserver': ['apiServer'],
  'kube-controller-manager': ['controllerManager'],
  'kube-scheduler': ['scheduler'],
  etcd: ['etcd', 'local'],
  kubelet: ['nodeRegistration'],
  'kube-proxy': [],
};

/**
 * The components that an object of kubeadm's configuration starts: ClusterConfiguration and the per-node kinds (MasterConfiguration and
 * NodeConfiguration before v1alpha3). Arguments are a map, from v1beta4 on a list of name and value.
 */
export function kubeadmComponents(object: ManifestObject): Component[] {
  if (object.group !== 'kubeadm.k8s.io') return [];
  const version = stringAt(object.node, ['kubernetesVersion']);
  const flags = new Map<ComponentName, ComponentFlag[]>();
  for (const { name, path, always } of partsOf[object.kind] ?? []) {
    const own = argumentsAt(object, path);
    if (own.length > 0 || always) flags.set(name, [...(flags.get(name) ?? []), ...own]);
  }
  return [...flags].map(([name, own]) => ({
    name,
    source: 'kubeadm',
    place: { object, path: placeOf[name] },
    flags: own,
    version,
  }));
}

function argumentsAt(object: ManifestObject, path: FieldPath): ComponentFlag[] {
  const node = nodeAt(object.node, path);
  if (node?.type === 'map') {
    return node.entries.flatMap(({ key, value }) =>
      value.type === 'string' ? [{ name: key, value: value.value, place: { object, path: [...path, key] } }] : [],
    );
  }
  if (node?.type !== 'list') return [];
  return node.items.map((item, index) => ({
    name: stringAt(item, ['name']),
    value: stringAt(item, ['value']),
    place: { object, path: [...path, index] },
  }));
}
