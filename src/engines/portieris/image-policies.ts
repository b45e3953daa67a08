import type { Cluster } from '../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../cluster/index/object-index.ts';
import { matchesWildcard } from '../../lang/wildcard.ts';
import { items, record, records, text } from '../../model/json.ts';
import { specAsWritten } from '../../model/as-written.ts';
import type { JsonObject, ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';

/** The entry of an image policy that decides about an image. */
export interface ImageRepository {
  readonly object: ManifestObject;
  readonly path: FieldPath;
  /** With `*` for any characters. */
  readonly name: string;
  /** Whether the entry asks for a signature, or refuses whatever it matches. */
  readonly asksForSignature: boolean;
}

/** The image policies of a cluster: those of its namespaces, and those that count in namespaces without any. */
export interface ImagePolicies {
  readonly namespaced: readonly ManifestObject[];
  readonly clusterWide: readonly ManifestObject[];
}

const GROUPS = ['portieris.cloud.ibm.com', 'securityenforcement.admission.cloud.ibm.com'];

/** The image policies that the tree holds. */
export function imagePolicies(cluster: Cluster): ImagePolicies {
  // A Portieris reads one of the groups; where both are written, the tree is on its way to the newer.
  const ofKind = (kind: string) =>
    GROUPS.map((group) => objectsOfKind(cluster, group, kind)).find((all) => all.length > 0) ?? [];
  return { namespaced: ofKind('ImagePolicy'), clusterWide: ofKind('ClusterImagePolicy') };
}

/** The policies that count in a namespace: its own, and those of the cluster only where it has none. Mirrors Portieris pkg/policy/policy.go, v0.13. */
export function countingPolicies(
  cluster: Cluster,
  { namespaced, clusterWide }: ImagePolicies,
  namespace: string,
): readonly ManifestObject[] {
  const own = namespaced.filter((object) => namespaceOf(cluster, object) === namespace);
  return own.length > 0 ? own : clusterWide;
}

/**
 * The entry that decides about an image as a pod names it; undefined where none matches, and Portieris refuses the image. Mirrors
 * FindImagePolicy of Portieris pkg/apis, v0.13.
 */
export function decidingRepository(policies: readonly ManifestObject[], image: string): ImageRepository | undefined {
  return bestMatch(policies.flatMap(repositoriesOf), image);
}

/** An entry without `*` that equals the image, else the longest that matches, of equal ones the first. */
function bestMatch(repositories: readonly ImageRepository[], image: string): ImageRepository | undefined {
  let best: ImageRepository | undefined;
  let quality = -1;
  for (const repository of repositories) {
    const { name } = repository;
    if (name === image && !name.includes('*')) return repository;
    const own = name.replaceAll('*', '').length;
    if (own <= quality || !matchesImage(name, image)) continue;
    best = repository;
    quality = own;
  }
  return best;
}

/** The host of a pattern is matched against the host of the image alone. Mirrors CompareImageRef of helpers/wildcard. */
function matchesImage(pattern: string, image: string): boolean {
  const slash = pattern.indexOf('/');
  if (slash < 0) return matchesAnyTag(pattern, image);
  const own = image.indexOf('/');
  if (own < 0) return false;
  return (
    matchesWildcard(pattern.slice(0, slash), image.slice(0, own)) &&
    matchesAnyTag(pattern.slice(slash + 1), image.slice(own + 1))
  );
}

function matchesAnyTag(pattern: string, image: string): boolean {
  return matchesWildcard(pattern, image) || matchesWildcard(`${pattern}:*`, image);
}

function repositoriesOf(object: ManifestObject): ImageRepository[] {
  return items(specAsWritten(object).repositories).map(([index, { name, policy }]) => ({
    object,
    path: ['spec', 'repositories', index, 'name'],
    name: text(name),
    asksForSignature: asksForSignature(record(policy)),
  }));
}

/** Trust in Notary, or a requirement of the policy language of containers/image other than `insecureAcceptAnything`. */
function asksForSignature({ trust, simple }: JsonObject): boolean {
  if (record(trust).enabled === true) return true;
  return records(record(simple).requirements).some(({ type }) => type !== 'insecureAcceptAnything');
}
