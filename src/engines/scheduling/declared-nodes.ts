import type { Cluster } from '../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../cluster/index/object-index.ts';
import { memo } from '../../lang/memo.ts';
import { asWritten } from '../../model/as-written.ts';
import { record } from '../../model/json.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { SchedulingNode, Taint } from './node-fit.ts';

/** A Node that the tree declares. */
export interface DeclaredNode extends SchedulingNode {
  readonly object: ManifestObject;
}

/** The Nodes that the manifests declare, context ones included; a cordoned one has the taint that the node controller gives it. Memoised per cluster. */
export function declaredNodes(cluster: Cluster): readonly DeclaredNode[] {
  return memo(cluster, collect);
}

function collect(cluster: Cluster): readonly DeclaredNode[] {
  return objectsOfKind(cluster, '', 'Node').map(declaredNode);
}

function declaredNode(object: ManifestObject): DeclaredNode {
  const value = asWritten(object);
  const { labels } = record(value.metadata);
  const { taints, unschedulable: cordoned } = record(value.spec);
  const written = Array.isArray(taints) ? taints.map((each) => taintOf(record(each))) : [];
  const cordon = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' };
  return {
    object,
    name: object.name,
    labels: new Map(
      Object.entries(record(labels)).flatMap(([key, label]) => (typeof label === 'string' ? [[key, label]] : [])),
    ),
    taints: cordoned === true ? [...written, cordon] : written,
  };
}

function taintOf({ key, value, effect }: Readonly<Record<string, unknown>>): Taint {
  const text = (field: unknown): string => (typeof field === 'string' ? field : '');
  return { key: text(key), value: text(value), effect: text(effect) };
}
