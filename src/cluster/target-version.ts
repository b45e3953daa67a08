import { NEWEST_MINOR, OLDEST_MINOR } from '../model/kind-facts.ts';
import type { ManifestObject } from '../model/object.ts';
import type { KubernetesVersion } from '../model/version.ts';
import type { ClusterSettings, Settled } from './cluster.ts';
import type { ControlPlane } from './control-plane.ts';

/** The last minor that has PodSecurityPolicy. */
export const lastPodSecurityPolicyMinor = 24;

/** `1.24`, `v1.24.17`, `1.24+`: the minor. Undefined for anything else, and for minors that k8sec has no data of. */
export function parseKubernetesVersion(text: string): KubernetesVersion | undefined {
  const minor = /^v?1\.(\d{1,2})(?:[.+-].*)?$/.exec(text.trim())?.[1];
  if (minor === undefined) return undefined;
  const value = Number(minor);
  return value >= OLDEST_MINOR && value <= NEWEST_MINOR ? { minor: value } : undefined;
}

/** `1.24`. */
export function formatKubernetesVersion(version: KubernetesVersion): string {
  return `1.${version.minor}`;
}

const decide = 'set `kubernetesVersion` in the configuration, or pass --kubernetes-version';

/**
 * The version that the objects are judged for: as configured; else that of the kube-apiserver in the tree; else 1.24 where the tree holds
 * PodSecurityPolicies, since no later version has them; else the latest.
 */
export function targetVersion(
  settings: ClusterSettings,
  plane: ControlPlane,
  policy: ManifestObject | undefined,
): Settled<KubernetesVersion> {
  const configured = parseKubernetesVersion(settings.kubernetesVersion ?? '');
  if (configured !== undefined) return { value: configured, origin: 'set in the configuration' };
  for (const component of [...plane.apiServers, ...plane.controllerManagers]) {
    const value = parseKubernetesVersion(component.version);
    if (value === undefined) continue;
    const what = component.source === 'pod' ? `the image of ${component.name}` : 'kubernetesVersion of kubeadm';
    return { value, origin: `${what} in ${component.place.object.document.file.path}`, place: component.place };
  }
  if (policy !== undefined) {
    const value = { minor: lastPodSecurityPolicyMinor };
    const origin = 'the tree holds PodSecurityPolicies, and no later version has them';
    return { value, origin, decide, place: { object: policy, path: ['kind'] } };
  }
  return { value: { minor: NEWEST_MINOR }, origin: 'the latest that k8sec knows', decide };
}
