import { ResourceList } from '../resource/resource-list.ts';
import { EMPTY_CONFIG, type TransformerConfig } from './transformer-config.ts';
import type { Var } from './var-set.ts';

/** What kustomizations gather on the way up. */
export interface Accumulator {
  list: ResourceList;
  config: TransformerConfig;
  vars: Map<string, Var>;
}

export function emptyAccumulator(): Accumulator {
  return { list: new ResourceList(), config: EMPTY_CONFIG, vars: new Map() };
}
