import type { Cluster } from '../../cluster/index/cluster.ts';
import type { MatrixRequest } from './matrix.ts';
import { type NetGraph, netGraph } from './picture/graph.ts';
import { type RefusedValue, refusedValue } from './refused.ts';
import { askedFlows } from './view/question.ts';
import { netView } from './view/view.ts';

/** What `net list` draws with `--format dot`, `mermaid` or `svg`, before it is drawn. */
export interface NetPictureValue extends NetGraph {
  /** Objects about traffic that have no effect. */
  readonly refused: readonly RefusedValue[];
}

/** More boxes than this are no picture that a person reads. */
const mostNodes = 24;

/**
 * The boxes and arrows of a picture of allowed traffic.
 * @throws UsageError for a name that nothing has.
 */
export function netPicture(cluster: Cluster, request: MatrixRequest = {}): NetPictureValue {
  const { allowed, problems } = askedFlows(cluster, request);
  const graph = netGraph(netView(allowed, { ...request, most: request.most ?? mostNodes }));
  return { ...graph, refused: problems.map(refusedValue) };
}
