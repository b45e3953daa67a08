import { kindFacts } from '../../model/kind-facts.ts';
import { nearestMinor, NEWEST_MINOR, OLDEST_MINOR } from '../../model/versions.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { KubernetesVersion } from '../../model/versions.ts';
import type { ClusterSettings, Settled } from '../index/cluster.ts';
import type { ControlPlane } from './control-plane.ts';

/** The last minor that has PodSecurityPolicy. */
export const lastPodSecurityPolicyMinor = 24;

/** Whether a manifest is a PodSecurityPolicy of some server: one of a version that never was, like `policy/v1`, says nothing about its cluster. */
export function isPodSecurityPolicy({ apiVersion, kind }: ManifestObject): boolean {
  return kind === 'PodSecurityPolicy' && kindFacts(apiVersion, kind) !== undefined;
}

/** `1.24`, `v1.24.17`, `1.24+`: the minor. Undefined for anything else, and for minors that k8sec has no data of. */
export function parseKubernetesVersion(text: string): KubernetesVersion | undefined {
  const minor = minorOf(text);
  return minor !== undefined && minor >= OLDEST_MINOR && minor <= NEWEST_MINOR ? { minor } : undefined;
}

function minorOf(text: string): number | undefined {
  const minor = /^v?1\.(\d{1,2})(?:[.+-].*)?$/.exec(text.trim())?.[1];
  return minor === undefined ? undefined : Number(minor);
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
    const minor = minorOf(component.version);
    if (minor === undefined) continue;
    const value = { minor: nearestMinor(minor) };
    const nearest = value.minor === minor ? '' : `the nearest that k8sec knows to 1.${minor}, `;
    const what = component.source === 'pod' ? `the image of ${component.name}` : 'kubernetesVersion of kubeadm';
    const origin = `${nearest}${what} in ${component.place.object.document.file.path}`;
    return { value, origin, place: component.place };
  }
  if (policy !== undefined) {
    const value = { minor: lastPodSecurityPolicyMinor };
    const origin = 'the tree holds PodSecurityPolicies, and no later version has them';
    return { value, origin, decide, place: { object: policy, path: ['kind'] } };
  }
  return { value: { minor: NEWEST_MINOR }, origin: 'the latest that k8sec knows', decide };
}
