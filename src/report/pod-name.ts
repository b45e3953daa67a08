import type { PodSource } from '../cluster/pods/pod-source.ts';
import { printableLine } from './printable.ts';

/** `default/web (Deployment)`: the workload by its own name, since those of its pods are generated. */
export function sourceName({ namespace, owner }: PodSource): string {
  const own = `${namespace}/${owner.name === '' ? `${owner.generateName}…` : owner.name}`;
  return printableLine(owner.kind === 'Pod' ? own : `${own} (${owner.kind})`);
}
