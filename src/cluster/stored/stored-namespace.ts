import { isObject } from '../../model/json.ts';
import type { JsonObject, ManifestObject } from '../../model/object.ts';
import type { Cluster } from '../index/cluster.ts';
import { namespacesOf } from './existing.ts';
import type { ImplicitObject } from '../index/implicit-object.ts';
import { metadataOf, textOf } from './object-metadata.ts';
import { storedObject } from './stored-objects.ts';

/** A Namespace as admission plugins see it. */
export interface StoredNamespace {
  readonly object: ManifestObject | ImplicitObject;
  readonly name: string;
  /** Whether it only exists because it is used; output must say so. */
  readonly assumed: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** `Active`, or `Terminating` where the manifest is that of a namespace being deleted. */
  readonly phase: string;
}

/**
 * A namespace that exists, or undefined. Where the manifests do not tell of everything (`settings.complete`), one that they do not tell
 * of is taken to exist, without annotations.
 */
export function storedNamespace(cluster: Cluster, name: string): StoredNamespace | undefined {
  const { object, assumed, labels } = namespacesOf(cluster).get(name) ?? undeclared(name);
  if (assumed && cluster.settings.complete === true) return undefined;
  const stored = storedObject(cluster, '', 'Namespace', '', name);
  const value: JsonObject = stored?.value ?? {};
  const { annotations } = metadataOf(value);
  const phase = isObject(value.status) ? textOf(value.status.phase) : '';
  return {
    object,
    name,
    assumed,
    labels,
    annotations: isObject(annotations) ? (annotations as Record<string, string>) : {},
    phase: phase === '' ? 'Active' : phase,
  };
}

function undeclared(name: string): Pick<StoredNamespace, 'object' | 'assumed' | 'labels'> {
  const origin = 'used by a request';
  const object = { implicit: true, apiVersion: 'v1', kind: 'Namespace', name, namespace: '', origin } as const;
  return { object, assumed: true, labels: {} };
}
