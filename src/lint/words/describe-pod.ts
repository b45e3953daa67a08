import type { PodSource } from '../../cluster/pods/pod-source.ts';
import type { Severity } from '../finding/finding.ts';

/** A pod by its manifest: `the pods of Deployment \`web\``, `the pod \`web\``. */
export function describePod({ owner, creator }: PodSource): string {
  const name = owner.name === '' ? `${owner.generateName}…` : owner.name;
  if (creator.kind === 'kubelet') return `the mirror of the static pod \`${name}\``;
  if (owner.kind === 'Pod') return `the pod \`${name}\``;
  return `the pods of ${owner.kind} \`${name}\``;
}

/**
 * How much a refusal of a pod is worth, to be laid over a report of it: for information where the pod runs all the same (a static one), or
 * where a kustomization changes the manifest first; a warning where who creates it is not known and might have the right.
 */
export function softened(
  { creator }: PodSource,
  transformed: boolean,
): { readonly atMost?: Severity; readonly hint?: string } {
  if (transformed) {
    return {
      atMost: 'info',
      hint: 'a kustomization changes this manifest first: lint the output of `kustomize build`',
    };
  }
  if (creator.kind === 'kubelet') return { atMost: 'info' };
  if (creator.kind === 'controller' || creator.user.decide === undefined) return {};
  return { atMost: 'warning', hint: creator.user.decide };
}
