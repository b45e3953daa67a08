import { isClusterScoped } from '../data/scopes.ts';

/** Group, version and kind of an object. */
export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** How the real tool names an object (mirrors sigs.k8s.io/kustomize/kyaml v0.21.2, resid). */
export interface ResId extends Gvk {
  readonly name: string;
  /** As written. */
  readonly namespace: string;
  /** Known to have no namespace; an id of former times never says so. */
  readonly isClusterScoped: boolean;
}

/** The namespace that former ids of objects without one have. */
const NO_NAMESPACE = '_non_namespaceable_';

export function parseGroupVersion(apiVersion: string): Pick<Gvk, 'group' | 'version'> {
  const slash = apiVersion.indexOf('/');
  if (slash < 0) return { group: '', version: apiVersion };
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

export function apiVersionOf({ group, version }: Gvk): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The id of an object as it is now. */
export function newResId(gvk: Gvk, name: string, namespace: string): ResId {
  const { group, version, kind } = gvk;
  return { group, version, kind, name, namespace, isClusterScoped: isClusterScoped(group, version, kind) };
}

export function effectiveNamespace({ isClusterScoped, namespace }: ResId): string {
  if (isClusterScoped) return NO_NAMESPACE;
  return namespace === '' ? 'default' : namespace;
}

/** A text that two ids share if the real tool treats them as one; an absent namespace is `default`. */
export function idKey(id: ResId): string {
  const { group, version, kind, name } = id;
  // Lengths, so that no text in one part looks like the next.
  return `${name.length} ${kind.length} ${version.length} ${group.length} ${name}${kind}${version}${group}${effectiveNamespace(id)}`;
}

/** Whether two ids are one to the real tool. */
export function isSameId(left: ResId, right: ResId): boolean {
  return (
    left.name === right.name &&
    left.kind === right.kind &&
    left.group === right.group &&
    left.version === right.version &&
    effectiveNamespace(left) === effectiveNamespace(right)
  );
}

/** Whether group, version and kind are what a selector asks for; '' asks for nothing. */
export function isSelectedGvk(id: Gvk, selector: Gvk): boolean {
  return (
    (selector.group === '' || selector.group === id.group) &&
    (selector.version === '' || selector.version === id.version) &&
    (selector.kind === '' || selector.kind === id.kind)
  );
}

/** `Kind.version.group/name.namespace`, as messages print it. */
export function printId({ group, version, kind, name, namespace }: ResId): string {
  return `${kind || '[noKind]'}.${version || '[noVer]'}.${group || '[noGrp]'}/${name || '[noName]'}.${namespace || '[noNs]'}`;
}
