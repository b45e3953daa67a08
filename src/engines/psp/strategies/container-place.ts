import type { FieldPath } from '../../../text/tree.ts';

/** Where a container stands: as the server's messages spell it (`spec.containers[0]`), and as a path into the pod. */
export interface ContainerPlace {
  readonly path: string;
  readonly podPath: FieldPath;
}

export type ContainerList = 'initContainers' | 'containers' | 'ephemeralContainers';

/** The order in which the server visits the containers of a pod. */
export const CONTAINER_LISTS: readonly ContainerList[] = ['initContainers', 'containers', 'ephemeralContainers'];

/** The place of one container of a pod. */
export function containerPlace(list: ContainerList, index: number): ContainerPlace {
  return { path: `spec.${list}[${index}]`, podPath: ['spec', list, index] };
}
