import { namespaceOf, objectsOfKind } from '../../cluster/index/object-index.ts';
import { matchesWildcard } from '../../lang/wildcard.ts';
import { record } from '../../model/json.ts';
import { specAsWritten } from '../../model/as-written.ts';
import type { JsonObject, ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';
import { once } from '../../lang/once.ts';
import type { FactContext } from './fact-context.ts';

/** The entry of an image policy that decides about an image. */
export interface ImageRepository {
  readonly object: ManifestObject;
  readonly path: FieldPath;
  /** With `*` for any characters. */
  readonly name: string;
  /** Whether the entry asks for a signature, or refuses whatever it matches. */
  readonly asksForSignature: boolean;
}

/** What Portieris makes of images. */
export interface ImagePolicyFacts {
  /** Whether the tree has any image policies. */
  readonly inUse: boolean;
  /** The policies that count in a namespace: its own, and those of the cluster only where it has none. */
  counting(namespace: string): readonly ManifestObject[];
  /** The entry that decides about an image as it is written; undefined where none matches, and Portieris refuses the image. */
  find(namespace: string, image: string): ImageRepository | undefined;
}

const GROUPS = ['portieris.cloud.ibm.com', 'securityenforcement.admission.cloud.ibm.com'];

/** Answers by the rules of Portieris: pkg/policy/policy.go and FindImagePolicy of pkg/apis, v0.13. */
export function imagePolicyFacts({ cluster }: FactContext): ImagePolicyFacts {
  // A Portieris reads one of the groups; where both are written, the tree is on its way to the newer.
  const ofKind = (kind: string) =>
    GROUPS.map((group) => objectsOfKind(cluster, group, kind)).find((all) => all.length > 0) ?? [];
  const own = once(() => ofKind('ImagePolicy'));
  const ofCluster = once(() => ofKind('ClusterImagePolicy'));
  const counting: ImagePolicyFacts['counting'] = (namespace) => {
    const there = own().filter((object) => namespaceOf(cluster, object) === namespace);
    return there.length > 0 ? there : ofCluster();
  };
  return {
    get inUse() {
      return own().length > 0 || ofCluster().length > 0;
    },
    counting,
    find: (namespace, image) => bestMatch(counting(namespace).flatMap(repositoriesOf), image),
  };
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

function matchesAnyTag(pattern: string, text: string): boolean {
  return matchesWildcard(pattern, text) || matchesWildcard(`${pattern}:*`, text);
}

function repositoriesOf(object: ManifestObject): ImageRepository[] {
  const { repositories } = specAsWritten(object);
  if (!Array.isArray(repositories)) return [];
  return repositories.map((each, index) => {
    const { name, policy } = record(each);
    return {
      object,
      path: ['spec', 'repositories', index, 'name'],
      name: typeof name === 'string' ? name : '',
      asksForSignature: asksForSignature(record(policy)),
    };
  });
}

/** Trust in Notary, or a requirement of the policy language of containers/image other than `insecureAcceptAnything`. */
function asksForSignature({ trust, simple }: JsonObject): boolean {
  if (record(trust).enabled === true) return true;
  const { requirements } = record(simple);
  return Array.isArray(requirements) && requirements.some((each) => record(each).type !== 'insecureAcceptAnything');
}
