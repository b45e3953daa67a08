import { splitImageName } from '../../lang/image-name.ts';
import { matchesWildcard } from '../../lang/wildcard.ts';
import type { Cluster, ImageFacts } from '../index/cluster.ts';

/** What is known of an image and by which entry. */
export interface ImageEntry extends ImageFacts {
  readonly pattern: string;
}

/**
 * What the configuration's `images` tell of an image. A pattern is an image as a pod names it, `*` for any characters; without a tag it stands for
 * all tags and digests. The longest pattern that matches counts.
 */
export function imageEntry({ settings }: Cluster, image: string): ImageEntry | undefined {
  let best: ImageEntry | undefined;
  for (const [pattern, facts] of Object.entries(settings.images ?? {})) {
    if (pattern.length >= (best?.pattern.length ?? -1) && matchesImage(pattern, image)) best = { ...facts, pattern };
  }
  return best;
}

function matchesImage(pattern: string, image: string): boolean {
  const wanted = splitImageName(pattern);
  const given = splitImageName(image);
  if (!matchesWildcard(wanted.domain, given.domain) || !matchesWildcard(wanted.path, given.path)) {
    // A pattern that begins with `*` means any registry.
    if (!pattern.startsWith('*') || !matchesWildcard(withoutTag(pattern), `${given.domain}/${given.path}`))
      return false;
  }
  if (wanted.digest !== '') return wanted.digest === given.digest;
  if (wanted.tag === '') return true;
  // A digest takes precedence over a tag; one that the pattern does not name may be of any image.
  return given.digest === '' && matchesWildcard(wanted.tag, given.tag === '' ? 'latest' : given.tag);
}

function withoutTag(pattern: string): string {
  return pattern.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}
