import {
  countingPolicies,
  decidingRepository,
  type ImageRepository,
  imagePolicies,
} from '../../engines/portieris/image-policies.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { FactContext } from './fact-context.ts';

/** What Portieris makes of images. */
export interface ImagePolicyFacts {
  /** Whether the tree has any image policies. */
  readonly inUse: boolean;
  /** The policies that count in a namespace: its own, and those of the cluster only where it has none. */
  counting(namespace: string): readonly ManifestObject[];
  /** The entry that decides about an image as it is written; undefined where none matches, and Portieris refuses the image. */
  find(namespace: string, image: string): ImageRepository | undefined;
}

/** Answers by the engine of Portieris. */
export function imagePolicyFacts({ cluster }: FactContext): ImagePolicyFacts {
  const policies = imagePolicies(cluster);
  const counting = (namespace: string) => countingPolicies(cluster, policies, namespace);
  return {
    inUse: policies.namespaced.length > 0 || policies.clusterWide.length > 0,
    counting,
    find: (namespace, image) => decidingRepository(counting(namespace), image),
  };
}
