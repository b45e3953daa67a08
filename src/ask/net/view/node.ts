import { counted } from '../../../lang/counted.ts';

/** Peers that a table or a picture shows as one. */
export interface NetNode {
  /** `workload`: pods of one namespace that nothing tells apart. `namespace`: all pods of namespaces. `rest`: what there is no room for. */
  readonly kind: 'workload' | 'namespace' | 'outside' | 'rest';
  /** Sorted; none for what is outside. */
  readonly namespaces: readonly string[];
  /** Of workloads or of what is outside; sorted. */
  readonly names: readonly string[];
  readonly filter: NodeFilter;
}

/** Which part of the question a node answers to. */
export interface NodeFilter {
  readonly asSource: boolean;
  readonly asDestination: boolean;
  readonly inNamespaces: boolean;
}

/** Whether a view answers what one node sends to another. */
export function isAsked(from: NetNode, to: NetNode): boolean {
  if (from.kind === 'outside' && to.kind === 'outside') return false;
  return from.filter.asSource && to.filter.asDestination && (from.filter.inNamespaces || to.filter.inNamespaces);
}

/** How a node is called in a line: `shop/web (Deployment)`, `shop/*`, `shop/* and 3 more namespaces`, `outside`. */
export function nodeTitle({ kind, namespaces, names }: NetNode, workloads: ReadonlyMap<string, number>): string {
  const [first = ''] = names;
  const [namespace = ''] = namespaces;
  if (kind === 'rest')
    return namespaces.length === 0 ? `${names.length} more` : counted(namespaces.length, 'more namespace');
  const isWhole = names.length === namespaces.reduce((sum, each) => sum + (workloads.get(each) ?? 0), 0);
  if (isWhole && namespaces.length > 1) {
    return `${namespace}/* and ${counted(namespaces.length - 1, 'more namespace')}`;
  }
  if (names.length === 1) return first;
  return isWhole && namespace !== '' ? `${namespace}/*` : `${first} and ${names.length - 1} more`;
}
