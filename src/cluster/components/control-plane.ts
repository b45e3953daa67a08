import { memo } from '../../lang/memo.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { Cluster } from '../index/cluster.ts';
import type { Component } from './component.ts';
import { containerComponent } from './component-command.ts';
import { itemsAt, nodeAt } from '../index/field-node.ts';
import { kubeadmComponents } from './kubeadm-components.ts';
import { manifestsOf, supersededBy } from '../index/object-index.ts';
import { workloadKind } from '../index/workload-kinds.ts';

/** The control plane, and what else runs on nodes, as far as the manifests show it. */
export interface ControlPlane {
  readonly components: readonly Component[];
  readonly apiServers: readonly Component[];
  readonly controllerManagers: readonly Component[];
}

/** The components among a cluster's objects, superseded copies left out: kubelets run what the API server refuses. */
export function controlPlane(cluster: Cluster): ControlPlane {
  return memo(cluster, controlPlaneOfCluster);
}

function controlPlaneOfCluster(cluster: Cluster): ControlPlane {
  const { objects, refused } = cluster;
  return controlPlaneOf(
    refused.size === 0 ? objects : manifestsOf(cluster).filter((object) => supersededBy(cluster, object) === undefined),
  );
}

/** The same for objects that are no cluster yet. */
export function controlPlaneOf(objects: Iterable<ManifestObject>): ControlPlane {
  const components: Component[] = [];
  const files: ManifestObject[] = [];
  const kubeadmFiles = new Set<string>();
  for (const object of objects) {
    if (object.group === 'kubeadm.k8s.io') kubeadmFiles.add(object.document.file.path);
    components.push(...kubeadmComponents(object));
    if (isConfigurationFile(object)) files.push(object);
    const kind = workloadKind(object);
    if (kind === undefined) continue;
    const path = [...kind.templatePath, 'spec', 'containers'];
    for (const [index, container] of itemsAt(object.node, path).entries()) {
      const component = containerComponent(object, container, [...path, index]);
      if (component !== undefined && isOfTheCluster(component, object, kind.templatePath)) components.push(component);
    }
  }
  for (const object of files) {
    components.push({
      name: object.kind === 'KubeletConfiguration' ? 'kubelet' : 'kube-proxy',
      source: 'file',
      place: { object, path: [] },
      flags: [],
      version: '',
      filledByKubeadm: kubeadmFiles.has(object.document.file.path),
    });
  }
  return {
    components,
    apiServers: components.filter(({ name }) => name === 'kube-apiserver'),
    controllerManagers: components.filter(({ name }) => name === 'kube-controller-manager'),
  };
}

function isConfigurationFile({ group, kind }: ManifestObject): boolean {
  return (
    (group === 'kubelet.config.k8s.io' && kind === 'KubeletConfiguration') ||
    (group === 'kubeproxy.config.k8s.io' && kind === 'KubeProxyConfiguration')
  );
}

/** Applications bring an etcd of their own; the cluster's runs in kube-system or on its node's network. */
function isOfTheCluster({ name }: Component, object: ManifestObject, templatePath: FieldPath): boolean {
  if (name !== 'etcd' || object.namespace === 'kube-system') return true;
  const hostNetwork = nodeAt(object.node, [...templatePath, 'spec', 'hostNetwork']);
  return hostNetwork?.type === 'boolean' && hostNetwork.value;
}
