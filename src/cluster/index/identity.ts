import type { ManifestObject } from '../../model/object.ts';
import type { CustomScopes } from './scope.ts';
import { scopeOf } from './scope.ts';

/** Kinds that moved out of `extensions`; the server serves one stored object under both groups. */
const movedFromExtensions: Readonly<Record<string, string>> = {
  DaemonSet: 'apps',
  Deployment: 'apps',
  ReplicaSet: 'apps',
  Ingress: 'networking.k8s.io',
  NetworkPolicy: 'networking.k8s.io',
  PodSecurityPolicy: 'policy',
};

/** The group that a kind is stored under, whichever of its groups a manifest uses. */
export function storageGroup(group: string, kind: string): string {
  if (group === 'extensions')
    return Object.hasOwn(movedFromExtensions, kind) ? (movedFromExtensions[kind] ?? group) : group;
  if (group === 'events.k8s.io' && kind === 'Event') return '';
  return group;
}

/** The namespace an object lands in when applied without `-n`: as written, `default` when absent, '' for kinds without one. */
export function resolveNamespace(object: ManifestObject, custom: CustomScopes): string {
  if (scopeOf(object, custom) === 'cluster') return '';
  return object.namespace === '' ? 'default' : object.namespace;
}

/** One string per identity, for maps. None of the four parts can hold a slash without being refused by the server. */
export function identityKey(group: string, kind: string, namespace: string, name: string): string {
  return `${group}/${kind}/${namespace}/${name}`;
}
