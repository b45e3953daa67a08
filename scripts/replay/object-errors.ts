import type { Cluster } from '../../src/cluster/index/cluster.ts';
import { positionOf } from './case-objects.ts';

/** What the server refuses of the objects of a case, as the oracles say it. */
export function objectErrors({ refused }: Cluster): readonly string[] {
  return [...refused].map(
    ([object, { message }]) => `objects[${positionOf(object)}]: ${object.kind} ${object.name}: ${message}`,
  );
}
