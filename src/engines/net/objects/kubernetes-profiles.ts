import { accountPrefix, namespacePrefix } from './calico-selectors.ts';
import { objectName } from './kubernetes-object.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { Unsaid } from './network-objects.ts';
import type { ObjectName, Profile, Rule } from '../form/normal-form.ts';

/** The label that holds the name of a namespace or account, after the prefix of its kind. */
const nameLabel = 'projectcalico.org/name';

/** The name of the profile that a namespace becomes. */
export function namespaceProfileName(namespace: string): string {
  return `kns.${namespace}`;
}

/** The name of the profile that a service account becomes. */
export function accountProfileName(namespace: string, account: string): string {
  return `ksa.${namespace === '' ? 'default' : namespace}.${account}`;
}

/**
 * The profile of a namespace: it allows everything and lends its labels, among them the one that the API server sets (since 1.21). Mirrors
 * conversion.NamespaceToProfile, v3.32, and SetDefaults_Namespace.
 */
export function namespaceProfile(
  name: string,
  labels: ReadonlyMap<string, string>,
  object: ObjectName,
  hasNameLabel = true,
): Profile {
  const all = new Map([...labels, ...(hasNameLabel ? [['kubernetes.io/metadata.name', name] as const] : [])]);
  const allow: Rule = { action: 'allow', source: {}, destination: {}, origin: { object, path: [] } };
  return {
    name: namespaceProfileName(name),
    labels: prefixed(all, namespacePrefix, name),
    rules: { ingress: [allow], egress: [allow] },
  };
}

/** The profile of a service account: it only lends its labels. Mirrors conversion.ServiceAccountToProfile, v3.32. */
export function accountProfile(namespace: string, name: string, labels: ReadonlyMap<string, string>): Profile {
  return {
    name: accountProfileName(namespace, name),
    labels: prefixed(labels, accountPrefix, name),
    rules: { ingress: [], egress: [] },
  };
}

/** The profile that exists in every cluster: it allows everything, for host endpoints that ask for it. */
function defaultAllowProfile(): Profile {
  const name = 'projectcalico-default-allow';
  const object: ObjectName = { apiVersion: 'projectcalico.org/v3', kind: 'Profile', namespace: '', name };
  const allow: Rule = { action: 'allow', source: {}, destination: {}, origin: { object, path: [] } };
  return { name, labels: new Map(), rules: { ingress: [allow], egress: [allow] } };
}

/**
 * The profiles of all namespaces and accounts, declared ones and those that exist without being declared: every namespace
 * that some object is in, and the account `default` of each.
 */
export function kubernetesProfiles(
  objects: readonly KubernetesObject[],
  unsaid?: Unsaid,
  labelsNamespaces = true,
): Map<string, Profile> {
  const profiles = new Map<string, Profile>();
  const add = (profile: Profile): void => void profiles.set(profile.name, profile);
  add(defaultAllowProfile());
  const namespaces = new Set<string>();
  for (const object of objects) {
    if (object.group === '' && object.kind === 'Namespace') {
      namespaces.add(object.name);
      add(namespaceProfile(object.name, object.labels, objectName(object), labelsNamespaces));
    } else if (object.namespace !== '') {
      namespaces.add(object.namespace);
    }
  }
  for (const name of namespaces) {
    const implicit: ObjectName = { apiVersion: 'v1', kind: 'Namespace', namespace: '', name };
    if (!profiles.has(namespaceProfileName(name))) {
      const profile = namespaceProfile(name, new Map(), implicit, labelsNamespaces);
      add(unsaid?.namespaces.has(name) === true ? { ...profile, openPrefix: namespacePrefix } : profile);
    }
    add(accountProfile(name, 'default', new Map()));
  }
  for (const object of objects) {
    if (object.group === '' && object.kind === 'ServiceAccount') {
      add(accountProfile(object.namespace, object.name, object.labels));
    }
  }
  for (const name of unsaid?.accounts ?? []) {
    const [namespace = '', account = ''] = name.split('/');
    if (profiles.has(accountProfileName(namespace, account))) continue;
    add({ ...accountProfile(namespace, account, new Map()), openPrefix: accountPrefix });
  }
  return profiles;
}

function prefixed(labels: ReadonlyMap<string, string>, prefix: string, name: string): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const [key, value] of labels) out.set(prefix + key, value);
  return out.set(prefix + nameLabel, name);
}
