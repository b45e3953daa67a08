import type { PodSource } from '../../cluster/pods/pod-source.ts';
import type { ManifestObject } from '../../model/object.ts';

/** A pod by its manifest: `the pods of Deployment \`web\``, `the pod \`web\``. */
export function describePod({ owner, creator }: PodSource): string {
  const name = owner.name === '' ? `${owner.generateName}…` : owner.name;
  if (creator.kind === 'kubelet') return `the mirror of the static pod \`${name}\``;
  if (owner.kind === 'Pod') return `the pod \`${name}\``;
  return `the pods of ${owner.kind} \`${name}\``;
}

/** A manifest, or the pods that it leads to, where `source` is one of them. */
export function describeMade({ kind, name }: ManifestObject, source: PodSource | undefined): string {
  return source === undefined ? `${kind} \`${name}\`` : describePod(source);
}
